package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.yaml.CoreSchema;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a value of the spec may be. The reader checks values against it, and the JSON Schema is generated from it. */
sealed interface Shape {
    /** What is allowed, to follow "must be". */
    String describe();

    /** A value that YAML writes as a scalar. */
    sealed interface Scalar extends Shape {
        /** The value of a scalar; null if the shape does not allow it. */
        @Nullable
        JsonNode convert(ScalarNode scalar);
    }

    /** Text that is not blank; {@code noun} says what it represents. */
    record Text(String noun, String plural) implements Scalar {
        @Override
        public String describe() {
            return noun;
        }

        @Override
        public @Nullable JsonNode convert(ScalarNode scalar) {
            boolean text = scalar.getTag().equals(Tag.STR) && !scalar.getValue().isBlank();
            return text ? TextNode.valueOf(scalar.getValue()) : null;
        }
    }

    /** {@code true} or {@code false}; {@code on} and {@code off} mean the same, as in YAML 1.1. */
    record Switch() implements Scalar {
        @Override
        public String describe() {
            return "true or false";
        }

        @Override
        public @Nullable JsonNode convert(ScalarNode scalar) {
            Boolean bool = CoreSchema.bool(scalar);
            if (bool == null && scalar.getTag().equals(Tag.STR)) {
                bool = scalar.getValue().equals("on")
                        ? Boolean.TRUE
                        : scalar.getValue().equals("off") ? false : null;
            }
            return bool == null ? null : BooleanNode.valueOf(bool);
        }
    }

    /** One of several words. If they are {@code on} and {@code off}, {@code true} and {@code false} mean the same. */
    record Word(List<String> words) implements Scalar {
        boolean isSwitch() {
            return words.contains("on") && words.contains("off");
        }

        @Override
        public String describe() {
            return words.size() <= 2 ? String.join(" or ", words) : "one of " + String.join(", ", words);
        }

        @Override
        public @Nullable JsonNode convert(ScalarNode scalar) {
            Boolean bool = CoreSchema.bool(scalar);
            if (bool != null && isSwitch()) {
                return TextNode.valueOf(bool ? "on" : "off");
            }
            boolean word = scalar.getTag().equals(Tag.STR) && words.contains(scalar.getValue());
            return word ? TextNode.valueOf(scalar.getValue()) : null;
        }
    }

    /**
     * A Python regular expression, as PEFT takes it. It must contain a special character, so that a misspelt word does
     * not pass for one.
     */
    record Regex() implements Scalar {
        private static final Pattern SPECIAL = Pattern.compile("[.*+?()\\[\\]{}|^$\\\\]");

        @Override
        public String describe() {
            return "a regular expression";
        }

        @Override
        public @Nullable JsonNode convert(ScalarNode scalar) {
            if (!scalar.getTag().equals(Tag.STR)
                    || !SPECIAL.matcher(scalar.getValue()).find()) {
                return null;
            }
            try {
                return TextNode.valueOf(PythonRegex.compile(scalar.getValue()).pattern());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** A number. */
    record Decimal(Range range) implements Scalar {
        @Override
        public String describe() {
            return "a number" + range.describe();
        }

        @Override
        public @Nullable JsonNode convert(ScalarNode scalar) {
            Number number = CoreSchema.number(scalar);
            return number != null && range.contains(number.doubleValue())
                    ? DoubleNode.valueOf(number.doubleValue())
                    : null;
        }
    }

    /** A whole number; {@code largest} is what its type holds. */
    record Whole(Range range, long largest) implements Scalar {
        private static final double LARGEST_EXACT = 0x1p53;

        @Override
        public String describe() {
            return "a whole number" + range.describe();
        }

        @Override
        public @Nullable JsonNode convert(ScalarNode scalar) {
            Number number = CoreSchema.number(scalar);
            if (number == null || !range.contains(number.doubleValue()) || exceeds(number)) {
                return null;
            }
            return number instanceof BigInteger || isExact(number.doubleValue())
                    ? LongNode.valueOf(number.longValue())
                    : null;
        }

        /** Whether a number is larger than the type holds. */
        boolean exceeds(Number number) {
            BigInteger limit = BigInteger.valueOf(largest);
            return number instanceof BigInteger integer ? integer.compareTo(limit) > 0 : number.doubleValue() > largest;
        }

        private static boolean isExact(double value) {
            return value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT;
        }
    }

    /** A list. Words in it must not repeat. */
    record Items(Shape element, boolean mayBeEmpty) implements Shape {
        boolean isUnique() {
            return element instanceof Word;
        }

        @Override
        public String describe() {
            if (element instanceof Text text) {
                return "a list of " + text.plural();
            }
            return element instanceof Word word
                    ? "a list of " + (word.words().size() == 1 ? "" : "any of ") + String.join(", ", word.words())
                    : "a list of entries, each " + element.describe();
        }
    }

    /** A mapping with known keys. {@code alternatives}: exactly one of these groups of keys is given. */
    record Section(List<Key> keys, List<List<String>> alternatives) implements Shape {
        @Override
        public String describe() {
            return "a mapping with keys among " + String.join(", ", names());
        }

        List<String> names() {
            return keys.stream().map(Key::name).toList();
        }

        boolean isRequired() {
            return keys.stream().anyMatch(Key::required);
        }
    }

    /**
     * A mapping of arbitrary names to values.
     *
     * @param any whether values keep their type and may be lists and mappings; otherwise scalars are read as text
     */
    record Values(boolean any) implements Shape {
        @Override
        public String describe() {
            return "a mapping of names to values";
        }
    }

    /** One shape or another: scalars in the order they are tried, and at most one list. */
    record Either(List<Shape> shapes) implements Shape {
        @Override
        public String describe() {
            int last = shapes.size() - 1;
            return shapes.subList(0, last).stream().map(Shape::describe).collect(Collectors.joining(", ")) + " or "
                    + shapes.get(last).describe();
        }
    }

    /**
     * A key of a mapping.
     *
     * @param required whether it has no default and must be present
     * @param nullable whether it can be {@code null}, which is the same as absent
     */
    record Key(String name, Shape shape, String description, boolean required, boolean nullable) {}
}
