package io.github.ftmaven.runtime.spec;

import io.github.ftmaven.runtime.spec.Shape.Decimal;
import io.github.ftmaven.runtime.spec.Shape.Either;
import io.github.ftmaven.runtime.spec.Shape.Items;
import io.github.ftmaven.runtime.spec.Shape.Scalar;
import io.github.ftmaven.runtime.spec.Shape.Text;
import io.github.ftmaven.runtime.spec.Shape.Whole;
import io.github.ftmaven.runtime.spec.Shape.Word;
import io.github.ftmaven.runtime.yaml.CoreSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The error message for a value that its key does not allow. */
final class Mismatch {
    private static final int LONGEST_QUOTE = 40;

    private Mismatch() {}

    /** Says what is wrong with the value at {@code path}, what is allowed, and what the user probably meant. */
    static String text(String path, Shape shape, Node node) {
        if (node instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.NULL)) {
                return path + " has no value; it must be " + shape.describe();
            } else if (scalar.getTag().equals(Tag.STR) && scalar.getValue().isBlank()) {
                return path + " is empty; it must be " + shape.describe();
            }
            Number number = CoreSchema.number(scalar);
            if (shape instanceof Whole whole && number != null && whole.exceeds(number)) {
                return path + " must be at most " + whole.largest() + ", not " + scalar.getValue();
            }
            return path + " must be " + shape.describe() + ", not " + quote(scalar) + hint(shape, scalar);
        }
        return path + " must be " + shape.describe() + ", not "
                + (node instanceof MappingNode ? "a mapping" : "a list");
    }

    private static String quote(ScalarNode scalar) {
        String value = scalar.getValue().replace('\n', ' ');
        String shown = value.length() > LONGEST_QUOTE ? value.substring(0, LONGEST_QUOTE) + "…" : value;
        return scalar.getTag().equals(Tag.STR) ? "'" + shown + "'" : shown;
    }

    private static String hint(Shape shape, ScalarNode scalar) {
        List<Shape> shapes = shape instanceof Either either ? either.shapes() : List.of(shape);
        Optional<Shape> text = shapes.stream().filter(Text.class::isInstance).findFirst();
        boolean number = CoreSchema.number(scalar) != null && shapes.stream().anyMatch(Decimal.class::isInstance);
        if (text.isPresent() && !number) {
            return "; put it in quotes if it is " + text.get().describe();
        }
        if (scalar.getTag().equals(Tag.STR) && shapes.stream().anyMatch(each -> fitsUnquoted(each, scalar))) {
            return "; remove the quotes";
        }
        Optional<String> word = Suggestions.word(
                scalar.getValue(), shapes.stream().flatMap(Mismatch::words).toList());
        Optional<String> list = Suggestions.word(
                        scalar.getValue(),
                        shapes.stream()
                                .flatMap(each -> each instanceof Items items ? words(items.element()) : Stream.of())
                                .toList())
                .map(element -> "[" + element + "]");
        return word.or(() -> list)
                .map(meant -> "; did you mean '" + meant + "'?")
                .orElse("");
    }

    private static Stream<String> words(Shape shape) {
        return shape instanceof Word word ? word.words().stream() : Stream.of();
    }

    private static boolean fitsUnquoted(Shape shape, ScalarNode scalar) {
        String value = scalar.getValue();
        ScalarNode plain = new ScalarNode(CoreSchema.tag(value), value, ScalarStyle.PLAIN);
        return shape instanceof Scalar allowed && allowed.convert(plain) != null;
    }
}
