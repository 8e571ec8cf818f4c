package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes, parses and compares values as JavaScript does, so that reasons and scores match promptfoo's. */
public final class Js {
    private static final int DEEPEST = 1000;
    private static final int LONGEST_NUMBER = 10_000;

    /** JSON.parse has no limits; code that processes the values needs some. */
    private static final JsonMapper STRICT = Json.builder(factory(DEEPEST, LONGEST_NUMBER))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonFactory TOKENS =
            factory(Integer.MAX_VALUE, Integer.MAX_VALUE).build();

    /** White space in JavaScript, which has more of it than Java's {@code \\s}. */
    static final String SPACE =
            "[\\t\\n\\u000B\\f\\r \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF]";

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");
    private static final Pattern WHOLE = Pattern.compile("0[bB][01]++|0[oO][0-7]++|0[xX][0-9a-fA-F]++");
    private static final Pattern SPACES = Pattern.compile(SPACE + "+");

    private Js() {}

    private static JsonFactoryBuilder factory(int depth, int number) {
        return Json.factory(StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(number)
                .maxNameLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
    }

    /** Whether {@code JSON.parse} accepts a text, whatever its depth. */
    public static boolean isJson(String text) {
        try (JsonParser tokens = TOKENS.createParser(text)) {
            int values = 0;
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                values += tokens.getParsingContext().inRoot() && !token.isStructStart() ? 1 : 0;
            }
            return values == 1;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * {@code JSON.parse}; empty if the text is not JSON.
     *
     * @throws LimitException if it is JSON that exceeds the limits of depth or digits
     */
    public static Optional<JsonNode> parse(String text) {
        try {
            JsonNode json = STRICT.readTree(text);
            return json == null || json.isMissingNode() ? Optional.empty() : Optional.of(json);
        } catch (StreamConstraintsException e) {
            if (isJson(text)) {
                throw new LimitException("JSON that is nested deeper than " + DEEPEST
                        + " levels, or has a number of more than " + LONGEST_NUMBER + " digits");
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** {@code JSON.parse}; empty also for JSON that exceeds the limits. */
    public static Optional<JsonNode> parseIfSmall(String text) {
        try {
            return parse(text);
        } catch (LimitException e) {
            return Optional.empty();
        }
    }

    /** {@code String(value)}. */
    public static String text(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue();
            case NUMBER -> number(value.doubleValue());
            case MISSING -> "undefined";
            case ARRAY ->
                StreamSupport.stream(value.spliterator(), false)
                        .map(item -> item.isNull() || item.isMissingNode() ? "" : text(item))
                        .collect(Collectors.joining(","));
            case OBJECT -> "[object Object]";
            default -> value.asText();
        };
    }

    /** {@code JSON.stringify(value)}. */
    public static String stringify(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> {
                double number = value.doubleValue();
                yield Double.isFinite(number) ? number(number) : "null";
            }
            case ARRAY ->
                StreamSupport.stream(value.spliterator(), false)
                        .map(Js::stringify)
                        .collect(Collectors.joining(",", "[", "]"));
            case OBJECT ->
                value.properties().stream()
                        .map(entry -> TextNode.valueOf(entry.getKey()) + ":" + stringify(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> value.toString();
        };
    }

    /** {@code JSON.stringify(value, null, 2)}. */
    public static String indented(JsonNode value) {
        StringBuilder text = new StringBuilder();
        indent(value, "\n", text);
        return text.toString();
    }

    private static void indent(JsonNode value, String line, StringBuilder text) {
        if (!value.isContainerNode() || value.isEmpty()) {
            text.append(stringify(value));
            return;
        }
        text.append(value.isArray() ? "[" : "{");
        String separator = "";
        Iterator<Map.Entry<String, JsonNode>> entries = value.properties().iterator();
        for (JsonNode item : value) {
            text.append(separator).append(line).append("  ");
            if (value.isObject()) {
                text.append(TextNode.valueOf(entries.next().getKey())).append(": ");
            }
            indent(item, line + "  ", text);
            separator = ",";
        }
        text.append(line).append(value.isArray() ? "]" : "}");
    }

    /** {@code String(number)}. */
    public static String number(double value) {
        if (value == 0) {
            return "0";
        }
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -7 && exponent < 21) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    /** {@code number.toFixed(digits)}. */
    public static String fixed(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toPlainString()
                : Double.toString(value);
    }

    /** {@code number.toPrecision(digits)}. */
    static String precise(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return fixed(0, digits - 1);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_UP));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -6 && exponent < digits) {
            return rounded.setScale(digits - 1 - exponent, RoundingMode.HALF_UP).toPlainString();
        }
        String all = rounded.setScale(digits - 1 - exponent, RoundingMode.HALF_UP)
                .unscaledValue()
                .abs()
                .toString();
        return (value < 0 ? "-" : "") + all.charAt(0) + (digits > 1 ? "." + all.substring(1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    /** {@code Number(value)}. */
    static double toNumber(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.doubleValue();
            case BOOLEAN -> value.booleanValue() ? 1 : 0;
            case NULL -> 0;
            case STRING -> toNumber(trim(value.textValue()));
            case ARRAY -> toNumber(TextNode.valueOf(text(value)));
            default -> Double.NaN;
        };
    }

    private static double toNumber(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        if (text.matches("[-+]?Infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return WHOLE.matcher(text).matches() ? whole(text.substring(2), "bBoOxX".indexOf(text.charAt(1))) : Double.NaN;
    }

    /** Digits in the base that a letter selects. */
    private static double whole(String digits, int letter) {
        int base = letter < 2 ? 2 : letter < 4 ? 8 : 16;
        double number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = number * base + Character.digit(digits.charAt(i), base);
        }
        return number;
    }

    /** {@code text.trim()}. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether {@code \\s} matches. */
    static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r')
                || c == ' '
                || c == '\u00A0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200A')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202F'
                || c == '\u205F'
                || c == '\u3000'
                || c == '\uFEFF';
    }

    /** Whether {@code \\w} matches. */
    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** {@code text.split(/\\s+/)}. */
    static List<String> words(String text) {
        return List.of(SPACES.split(text, -1));
    }

    /** Deep equality: objects regardless of the order of keys, numbers by value. */
    static boolean equal(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.doubleValue() == b.doubleValue();
        }
        if (a.isObject() && b.isObject()) {
            return a.size() == b.size()
                    && a.properties().stream()
                            .allMatch(entry -> b.has(entry.getKey()) && equal(entry.getValue(), b.get(entry.getKey())));
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            List<JsonNode> items = new ArrayList<>();
            b.forEach(items::add);
            for (int i = 0; i < items.size(); i++) {
                if (!equal(a.get(i), items.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    /** Whether a value is truthy. */
    static boolean truthy(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> !value.textValue().isEmpty();
            case NUMBER -> value.doubleValue() != 0 && !Double.isNaN(value.doubleValue());
            case BOOLEAN -> value.booleanValue();
            case NULL, MISSING -> false;
            default -> true;
        };
    }
}
