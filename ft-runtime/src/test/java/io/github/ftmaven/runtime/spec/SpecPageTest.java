package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.Shape.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/spec.md} lists every key with what it may be, its default and what it means, from the records. */
class SpecPageTest {
    private static final String BEGINNING = """
            # The spec

            Every key of `src/main/ft/fine-tune.yaml`. This page is generated from the code that reads the file;
            [spec-guide.md](spec-guide.md) says more about the keys that need it. The file is YAML 1.2. A key that stands in no
            table is an error with its line and column, and so is a value that the table does not allow. *required* marks keys
            without a default; a default of *none* means that the key can be left out. A key that takes a list of paths takes
            one path too.
            """;

    @Test
    void isCommittedAsGenerated() throws IOException {
        List<String> lines = new ArrayList<>(List.of(BEGINNING));
        write("", Defaults.SHAPE, Defaults.values(), lines);
        Golden.assertSame(Path.of("../docs/spec.md"), String.join("\n", lines).strip());
    }

    /** A table of the keys that hold values, and then the keys that hold more keys, each with a heading of its own. */
    private static void write(String path, Section section, JsonNode defaults, List<String> lines) {
        List<Shape.Key> values = section.keys().stream()
                .filter(key -> path.isEmpty() ? inner(key.shape()) == null : !(key.shape() instanceof Section))
                .toList();
        if (!values.isEmpty()) {
            lines.add("| key | value | default | meaning |");
            lines.add("|---|---|---|---|");
            values.forEach(key -> lines.add(row(key, defaults.path(key.name()))));
            lines.add("");
        }
        for (Shape.Key key : section.keys()) {
            Section inner = inner(key.shape());
            if (inner != null) {
                String name = path.isEmpty() ? key.name() : path + "." + key.name();
                lines.add((path.isEmpty() ? "## " : "### ") + "`" + name + "`\n");
                if (path.isEmpty() || key.shape() instanceof Section) {
                    lines.add(key.description() + "\n");
                }
                if (!inner.alternatives().isEmpty()) {
                    lines.add("Each entry has exactly one of these groups of keys: "
                            + inner.alternatives().stream()
                                    .map(group -> group.stream()
                                            .map(each -> "`" + each + "`")
                                            .collect(Collectors.joining(" with ")))
                                    .collect(Collectors.joining("; "))
                            + ".\n");
                }
                write(name, inner, defaults.path(key.name()), lines);
            }
        }
    }

    private static String row(Shape.Key key, JsonNode defaultValue) {
        return "| `" + key.name() + "` | " + cell(key.shape()) + " | " + defaultText(key, defaultValue) + " | "
                + key.description().replace("|", "\\|") + " |";
    }

    private static String defaultText(Shape.Key key, JsonNode value) {
        if (key.required()) {
            return "*required*";
        } else if (value.isMissingNode() || value.isNull()) {
            return "*none*";
        }
        String text = value.isTextual()
                ? value.textValue()
                : value.toString().replace("\"", "").replace(",", ", ");
        return "`" + text + "`";
    }

    private static String cell(Shape shape) {
        if (shape instanceof Shape.Word word) {
            return word.words().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        } else if (shape instanceof Shape.Items items && items.element() instanceof Shape.Word word) {
            return "list of " + cell(word);
        } else if (shape instanceof Shape.Items items && items.element() instanceof Section) {
            return "list of entries with keys";
        } else if (shape instanceof Shape.Either either) {
            return either.shapes().stream()
                    .map(each -> each instanceof Section ? "keys" : cell(each))
                    .distinct()
                    .collect(Collectors.joining(", or "));
        } else if (shape instanceof Shape.Items items && items.element() instanceof Shape.Either either) {
            return "list, each " + cell(either);
        }
        return shape instanceof Section ? "keys" : shape.describe();
    }

    /** The keys within a value, or within the entries of a list. */
    private static @Nullable Section inner(Shape shape) {
        if (shape instanceof Section section) {
            return section;
        } else if (shape instanceof Shape.Items items) {
            return inner(items.element());
        } else if (shape instanceof Shape.Either either) {
            return either.shapes().stream()
                    .map(SpecPageTest::inner)
                    .filter(each -> each != null)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }
}
