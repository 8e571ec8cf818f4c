package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.script.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Checks of the text itself. */
final class TextChecks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TextChecks() {}

    static Outcome equals(Subject s) {
        boolean same;
        String shown;
        if (s.value().isContainerNode() || s.value().isNull()) {
            Optional<JsonNode> output = Js.parse(s.text());
            same = output.isPresent() && Js.equal(s.value(), output.get());
            shown = Js.stringify(s.value());
        } else {
            shown = Js.text(s.value());
            same = shown.equals(s.text());
        }
        return Outcome.of(
                same != s.inverse(), "Expected output \"" + s.text() + "\" to " + s.not() + "equal \"" + shown + "\"");
    }

    static Check contains(boolean ignoreCase) {
        String name = ignoreCase ? "icontains" : "contains";
        UnaryOperator<String> fold = fold(ignoreCase);
        return s -> {
            CheckException.require(
                    s.value().isNumber()
                            || (s.value().isTextual() && !s.value().textValue().isEmpty()),
                    '"' + name + "\" assertion type must have a string or number value");
            String value = Js.text(s.value());
            boolean found = fold.apply(s.text()).contains(fold.apply(value));
            return Outcome.of(found != s.inverse(), "Expected output to " + s.not() + "contain \"" + value + "\"");
        };
    }

    static Check containsAny(boolean ignoreCase) {
        String name = ignoreCase ? "icontains-any" : "contains-any";
        UnaryOperator<String> fold = fold(ignoreCase);
        return s -> {
            List<String> values = values(s, name);
            String text = fold.apply(s.text());
            boolean found = values.stream().anyMatch(value -> text.contains(fold.apply(value)));
            return Outcome.of(
                    found != s.inverse(),
                    "Expected output to " + s.not() + "contain one of \"" + String.join(", ", values) + "\"");
        };
    }

    static Check containsAll(boolean ignoreCase) {
        String name = ignoreCase ? "icontains-all" : "contains-all";
        UnaryOperator<String> fold = fold(ignoreCase);
        return s -> {
            List<String> values = values(s, name);
            String text = fold.apply(s.text());
            List<String> missing = values.stream()
                    .filter(value -> !text.contains(fold.apply(value)))
                    .toList();
            return Outcome.of(
                    missing.isEmpty() != s.inverse(),
                    "Expected output to " + s.not() + "contain all of [" + String.join(", ", values) + "]. Missing: ["
                            + String.join(", ", missing) + "]");
        };
    }

    private static List<String> values(Subject s, String name) throws CheckException {
        CheckException.require(Js.truthy(s.value()), '"' + name + "\" assertion type must have a value");
        if (s.value().isTextual()) {
            return CommaSeparated.parse(s.value().textValue());
        }
        CheckException.require(s.value().isArray(), '"' + name + "\" assertion type must have an array value");
        List<String> values = new ArrayList<>();
        s.value().forEach(value -> values.add(Js.text(value)));
        return values;
    }

    static Outcome startsWith(Subject s) throws CheckException {
        String value = string(s, "starts-with");
        return Outcome.of(
                s.text().startsWith(value) != s.inverse(),
                "Expected output to " + s.not() + "start with \"" + value + "\"");
    }

    static Outcome regex(Subject s) throws CheckException {
        String pattern = string(s, "regex");
        ObjectNode argument = JSON.objectNode().put("pattern", pattern).put("text", s.text());
        JsonNode result;
        try {
            result = s.scripts().call("test", argument);
        } catch (ScriptException e) {
            throw new CheckException("The pattern \"" + pattern + "\" cannot be tried: " + e.getMessage());
        }
        if (result.has("invalid")) {
            return new Outcome(
                    false, 0, "Invalid regex pattern: " + result.path("invalid").asText());
        }
        return Outcome.of(
                result.path("found").asBoolean() != s.inverse(),
                "Expected output to " + s.not() + "match regex \"" + pattern + "\"");
    }

    private static String string(Subject s, String name) throws CheckException {
        CheckException.require(
                s.value().isTextual() && !s.value().textValue().isEmpty(),
                '"' + name + "\" assertion type must have a string value");
        return s.value().textValue();
    }

    static Outcome wordCount(Subject s) throws CheckException {
        JsonNode value = s.value();
        CheckException.require(!value.isNull() && !value.isMissingNode(), "\"word-count\" assertion must have a value");
        long count = Js.words(Js.trim(s.text())).stream()
                .filter(word -> !word.isEmpty())
                .count();
        if (value.isObject()) {
            return wordRange(s, count, value.get("min"), value.get("max"));
        }
        double expected = value.isNumber() || value.isTextual() ? Js.toNumber(value) : Double.NaN;
        CheckException.require(
                !Double.isNaN(expected),
                "\"word-count\" assertion value must be a number or an object with min/max properties");
        String shown = Js.number(expected);
        return Outcome.of(
                (count == expected) != s.inverse(),
                s.inverse()
                        ? "Expected word count to not equal " + shown + ", but got " + count
                        : "Word count " + count + " does not equal expected " + shown);
    }

    private static Outcome wordRange(Subject s, long count, @Nullable JsonNode min, @Nullable JsonNode max)
            throws CheckException {
        CheckException.require(
                min != null || max != null,
                "\"word-count\" assertion object must have \"min\" and/or \"max\" properties");
        double least = min == null ? Double.NEGATIVE_INFINITY : Js.toNumber(min);
        double most = max == null ? Double.POSITIVE_INFINITY : Js.toNumber(max);
        boolean within = count >= least && count <= most; // false for NaN
        String failure;
        if (min != null && max != null) {
            String range = Js.text(min) + " and " + Js.text(max);
            CheckException.require(
                    least <= most,
                    "\"word-count\" assertion: min (" + Js.text(min) + ") must be less than or equal to max ("
                            + Js.text(max) + ")");
            failure = s.inverse()
                    ? "Expected word count to not be between " + range + ", but got " + count
                    : "Word count " + count + " is not between " + range;
        } else if (max != null) {
            failure = s.inverse()
                    ? "Expected word count to be greater than " + Js.text(max) + ", but got " + count
                    : "Word count " + count + " is greater than maximum " + Js.text(max);
        } else {
            String shown = Js.text(Objects.requireNonNull(min));
            failure = s.inverse()
                    ? "Expected word count to be less than " + shown + ", but got " + count
                    : "Word count " + count + " is less than minimum " + shown;
        }
        return Outcome.of(within != s.inverse(), failure);
    }

    private static UnaryOperator<String> fold(boolean ignoreCase) {
        return ignoreCase ? text -> text.toLowerCase(Locale.ROOT) : UnaryOperator.identity();
    }
}
