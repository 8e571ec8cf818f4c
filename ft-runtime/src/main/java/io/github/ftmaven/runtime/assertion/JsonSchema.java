package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Validation by a JSON Schema of draft 7, with the first mistake that Ajv would report, in its words. Keywords that are
 * not known are refused; {@code $ref} reaches within the schema.
 */
public final class JsonSchema {
    private final JsonNode root;

    /**
     * Prepares a schema.
     *
     * @throws CheckException if it is not one, or asks for something that is not known
     */
    public JsonSchema(JsonNode root) throws CheckException {
        this.root = root;
        SchemaKeywords.check(root);
    }

    /** The first mistake, as {@code data/a must be string}; empty for none. */
    public Optional<String> firstMistake(JsonNode value) throws CheckException {
        List<String> mistakes = new ArrayList<>();
        validate(root, value, "data", mistakes, 0);
        return mistakes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", mistakes));
    }

    /** Adds mistakes, one or, of alternatives, those of each; returns whether there was none. */
    private boolean validate(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (depth > 1000) {
            throw new CheckException("the schema refers to itself without end");
        }
        if (schema.isBoolean()) {
            return schema.booleanValue() || fail(mistakes, path + " boolean schema is false");
        }
        if (schema.has("$ref")) {
            return validate(target(schema.path("$ref").asText()), value, path, mistakes, depth + 1);
        }
        return type(schema, value, path, mistakes)
                && number(schema, value, path, mistakes)
                && text(schema, value, path, mistakes)
                && any(schema, value, path, mistakes, depth)
                && array(schema, value, path, mistakes, depth)
                && object(schema, value, path, mistakes, depth);
    }

    private JsonNode target(String reference) throws CheckException {
        JsonNode target = reference.equals("#")
                ? root
                : reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path("\0");
        if (target.isMissingNode()) {
            throw new CheckException("can't resolve reference " + reference + " from id #");
        }
        return target;
    }

    private static boolean fail(List<String> mistakes, String mistake) {
        mistakes.add(mistake);
        return false;
    }

    private static boolean type(JsonNode schema, JsonNode value, String path, List<String> mistakes) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return true;
        }
        List<String> types = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText());
        }
        if (schema.path("nullable").asBoolean() && value.isNull()) {
            return true;
        }
        return types.stream().anyMatch(each -> is(each, value))
                || fail(mistakes, path + " must be " + String.join(",", types));
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean number(JsonNode schema, JsonNode value, String path, List<String> mistakes) {
        if (!value.isNumber()) {
            return true;
        }
        double number = value.doubleValue();
        return limit(schema, "maximum", "<=", path, mistakes, limit -> number <= limit)
                && limit(schema, "minimum", ">=", path, mistakes, limit -> number >= limit)
                && limit(schema, "exclusiveMaximum", "<", path, mistakes, limit -> number < limit)
                && limit(schema, "exclusiveMinimum", ">", path, mistakes, limit -> number > limit)
                && limit(schema, "multipleOf", "multiple of", path, mistakes, limit -> {
                    double quotient = number / limit;
                    return quotient == Math.rint(quotient);
                });
    }

    private interface Limit {
        boolean holds(double limit);
    }

    private static boolean limit(
            JsonNode schema, String keyword, String word, String path, List<String> mistakes, Limit limit) {
        JsonNode wanted = schema.path(keyword);
        return !wanted.isNumber()
                || limit.holds(wanted.doubleValue())
                || fail(mistakes, path + " must be " + word + " " + Js.text(wanted));
    }

    private static boolean text(JsonNode schema, JsonNode value, String path, List<String> mistakes)
            throws CheckException {
        if (!value.isTextual()) {
            return true;
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        return count(schema, "maxLength", length, path, "characters", mistakes)
                && count(schema, "minLength", length, path, "characters", mistakes)
                && pattern(schema, text, path, mistakes)
                && format(schema, text, path, mistakes);
    }

    private static boolean pattern(JsonNode schema, String text, String path, List<String> mistakes)
            throws CheckException {
        JsonNode pattern = schema.path("pattern");
        return !pattern.isTextual()
                || find(pattern.textValue(), text)
                || fail(mistakes, path + " must match pattern \"" + pattern.textValue() + '"');
    }

    private static boolean format(JsonNode schema, String text, String path, List<String> mistakes) {
        JsonNode format = schema.path("format");
        if (!format.isTextual()) {
            return true;
        }
        Pattern pattern = SchemaKeywords.FORMATS.get(format.textValue());
        return pattern == null
                || pattern.matcher(text).matches()
                || fail(mistakes, path + " must match format \"" + format.textValue() + '"');
    }

    private static boolean find(String pattern, String text) throws CheckException {
        try {
            return Pattern.compile(pattern, Pattern.UNICODE_CASE).matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new CheckException("Invalid regular expression: /" + pattern + "/: " + e.getDescription());
        }
    }

    private static boolean count(
            JsonNode schema, String keyword, int count, String path, String what, List<String> mistakes) {
        JsonNode wanted = schema.path(keyword);
        boolean most = keyword.startsWith("max");
        return !wanted.isNumber()
                || (most ? count <= wanted.asInt() : count >= wanted.asInt())
                || fail(
                        mistakes,
                        path + " must NOT have " + (most ? "more" : "fewer") + " than " + wanted.asInt() + " " + what);
    }

    private boolean any(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        JsonNode constant = schema.path("const");
        if (!constant.isMissingNode() && !Js.equal(constant, value)) {
            return fail(mistakes, path + " must be equal to constant");
        }
        JsonNode allowed = schema.path("enum");
        if (allowed.isArray()) {
            boolean found = false;
            for (JsonNode each : allowed) {
                found |= Js.equal(each, value);
            }
            if (!found) {
                return fail(mistakes, path + " must be equal to one of the allowed values");
            }
        }
        if (schema.has("not") && validate(schema.get("not"), value, path, new ArrayList<>(), depth + 1)) {
            return fail(mistakes, path + " must NOT be valid");
        }
        return anyOf(schema, value, path, mistakes, depth)
                && oneOf(schema, value, path, mistakes, depth)
                && allOf(schema, value, path, mistakes, depth)
                && condition(schema, value, path, mistakes, depth);
    }

    private boolean anyOf(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!schema.has("anyOf")) {
            return true;
        }
        List<String> all = new ArrayList<>();
        for (JsonNode each : schema.get("anyOf")) {
            if (validate(each, value, path, all, depth + 1)) {
                return true;
            }
        }
        mistakes.addAll(all);
        return fail(mistakes, path + " must match a schema in anyOf");
    }

    private boolean oneOf(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!schema.has("oneOf")) {
            return true;
        }
        List<String> all = new ArrayList<>();
        int matches = 0;
        for (JsonNode each : schema.get("oneOf")) {
            matches += validate(each, value, path, all, depth + 1) ? 1 : 0;
        }
        if (matches == 1) {
            return true;
        }
        if (matches == 0) {
            mistakes.addAll(all);
        }
        return fail(mistakes, path + " must match exactly one schema in oneOf");
    }

    private boolean allOf(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        for (JsonNode each : schema.path("allOf")) {
            if (!validate(each, value, path, mistakes, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean condition(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!schema.has("if")) {
            return true;
        }
        String branch = validate(schema.get("if"), value, path, new ArrayList<>(), depth + 1) ? "then" : "else";
        return !schema.has(branch)
                || validate(schema.get(branch), value, path, mistakes, depth + 1)
                || fail(mistakes, path + " must match \"" + branch + "\" schema");
    }

    private boolean array(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!value.isArray()) {
            return true;
        }
        if (!count(schema, "maxItems", value.size(), path, "items", mistakes)
                || !count(schema, "minItems", value.size(), path, "items", mistakes)
                || !unique(schema, value, path, mistakes)) {
            return false;
        }
        JsonNode items = schema.path("items");
        for (int i = 0; i < value.size(); i++) {
            JsonNode each =
                    items.isArray() ? (i < items.size() ? items.get(i) : schema.path("additionalItems")) : items;
            if (each.isBoolean() && !each.booleanValue() && items.isArray()) {
                return fail(mistakes, path + " must NOT have more than " + items.size() + " items");
            }
            if (!each.isMissingNode() && !validate(each, value.get(i), path + "/" + i, mistakes, depth + 1)) {
                return false;
            }
        }
        return contains(schema, value, path, mistakes, depth);
    }

    private boolean contains(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!schema.has("contains")) {
            return true;
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            if (validate(schema.get("contains"), value.get(i), path + "/" + i, all, depth + 1)) {
                return true;
            }
        }
        mistakes.addAll(all);
        return fail(mistakes, path + " must contain at least 1 valid item(s)");
    }

    private static boolean unique(JsonNode schema, JsonNode value, String path, List<String> mistakes) {
        if (!schema.path("uniqueItems").asBoolean()) {
            return true;
        }
        for (int i = value.size() - 1; i > 0; i--) {
            for (int j = i - 1; j >= 0; j--) {
                if (Js.equal(value.get(i), value.get(j))) {
                    return fail(
                            mistakes,
                            path + " must NOT have duplicate items (items ## " + j + " and " + i + " are identical)");
                }
            }
        }
        return true;
    }

    private boolean object(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!value.isObject()) {
            return true;
        }
        if (!count(schema, "maxProperties", value.size(), path, "properties", mistakes)
                || !count(schema, "minProperties", value.size(), path, "properties", mistakes)) {
            return false;
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                return fail(mistakes, path + " must have required property '" + name.asText() + "'");
            }
        }
        return names(schema, value, path, mistakes, depth) && properties(schema, value, path, mistakes, depth);
    }

    private boolean names(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!schema.has("propertyNames")) {
            return true;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            JsonNode name = TextNode.valueOf(entry.getKey());
            if (!validate(schema.get("propertyNames"), name, path, mistakes, depth + 1)) {
                return fail(mistakes, path + " property name must be valid");
            }
        }
        return true;
    }

    private boolean properties(JsonNode schema, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        JsonNode declared = schema.path("properties");
        JsonNode patterns = schema.path("patternProperties");
        JsonNode others = schema.path("additionalProperties");
        if (!others.isMissingNode()) {
            for (String name : additional(value, declared, patterns)) {
                if (others.isBoolean() && !others.booleanValue()) {
                    return fail(mistakes, path + " must NOT have additional properties");
                }
                if (!validate(others, value.get(name), child(path, name), mistakes, depth + 1)) {
                    return false;
                }
            }
        }
        for (Map.Entry<String, JsonNode> entry : schema.path("dependencies").properties()) {
            if (value.has(entry.getKey()) && !dependency(entry, value, path, mistakes, depth)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> entry : declared.properties()) {
            JsonNode own = value.get(entry.getKey());
            if (own != null && !validate(entry.getValue(), own, child(path, entry.getKey()), mistakes, depth + 1)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> entry : patterns.properties()) {
            for (Map.Entry<String, JsonNode> own : value.properties()) {
                if (find(entry.getKey(), own.getKey())
                        && !validate(
                                entry.getValue(), own.getValue(), child(path, own.getKey()), mistakes, depth + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean dependency(
            Map.Entry<String, JsonNode> entry, JsonNode value, String path, List<String> mistakes, int depth)
            throws CheckException {
        if (!entry.getValue().isArray()) {
            return validate(entry.getValue(), value, path, mistakes, depth + 1);
        }
        List<String> names = new ArrayList<>();
        entry.getValue().forEach(name -> names.add(name.asText()));
        return names.stream().allMatch(value::has)
                || fail(
                        mistakes,
                        path + " must have " + (names.size() == 1 ? "property " : "properties ")
                                + String.join(", ", names) + " when property " + entry.getKey() + " is present");
    }

    private static Set<String> additional(JsonNode value, JsonNode declared, JsonNode patterns) throws CheckException {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> own : value.properties()) {
            boolean known = declared.has(own.getKey());
            for (Map.Entry<String, JsonNode> pattern : patterns.properties()) {
                known |= find(pattern.getKey(), own.getKey());
            }
            if (!known) {
                names.add(own.getKey());
            }
        }
        return names;
    }

    private static String child(String path, String name) {
        return path + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
