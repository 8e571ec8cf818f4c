package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand in a JSON Schema of draft 7: an unknown keyword or format would be passed over in silence. */
final class SchemaKeywords {
    private static final int DEEPEST = 100;

    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$id",
            "$ref",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "readOnly",
            "writeOnly",
            "deprecated",
            "type",
            "enum",
            "const",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "items",
            "additionalItems",
            "maxItems",
            "minItems",
            "uniqueItems",
            "contains",
            "maxProperties",
            "minProperties",
            "required",
            "properties",
            "patternProperties",
            "additionalProperties",
            "dependencies",
            "propertyNames",
            "if",
            "then",
            "else",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "format",
            "nullable",
            "contentMediaType",
            "contentEncoding");

    /** The formats that are checked, but for {@code regex}. */
    static final Map<String, Pattern> FORMATS = Map.of(
            "date", Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"),
            "time", Pattern.compile("(?i)([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?(z|[+-]\\d\\d(:?\\d\\d)?)"),
            "date-time",
                    Pattern.compile(
                            "(?i)\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[t ]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?(z|[+-]\\d\\d(:?\\d\\d)?)"),
            "email",
                    Pattern.compile(
                            "(?i)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?"),
            "uuid", Pattern.compile("(?i)(urn:uuid:)?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"),
            "ipv4", Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}"),
            "hostname",
                    Pattern.compile(
                            "(?i)(?=.{1,253}\\.?$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\.?"),
            "uri", Pattern.compile("(?i)[a-z][a-z0-9+.-]*:[^\\s<>\"{}|\\\\^`]*"));

    private SchemaKeywords() {}

    /**
     * Checks a schema.
     *
     * @throws CheckException if it is not one, or asks for something that is not known
     */
    static void check(JsonNode schema) throws CheckException {
        check(schema, 0);
    }

    private static void check(JsonNode schema, int depth) throws CheckException {
        if (!schema.isObject() && !schema.isBoolean()) {
            throw new CheckException("schema must be object or boolean");
        }
        if (depth > DEEPEST) {
            throw new CheckException("the schema is nested too deeply");
        }
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            if (!KEYWORDS.contains(entry.getKey())) {
                throw new CheckException("strict mode: unknown keyword: \"" + entry.getKey() + "\"");
            }
            switch (entry.getKey()) {
                case "properties", "patternProperties", "definitions", "$defs" -> {
                    for (JsonNode each : entry.getValue()) {
                        check(each, depth + 1);
                    }
                }
                case "allOf", "anyOf", "oneOf" -> {
                    for (JsonNode each : entry.getValue()) {
                        check(each, depth + 1);
                    }
                }
                case "additionalProperties",
                        "propertyNames",
                        "not",
                        "if",
                        "then",
                        "else",
                        "contains",
                        "additionalItems" -> check(entry.getValue(), depth + 1);
                case "items" -> {
                    if (entry.getValue().isArray()) {
                        for (JsonNode each : entry.getValue()) {
                            check(each, depth + 1);
                        }
                    } else {
                        check(entry.getValue(), depth + 1);
                    }
                }
                case "format" -> {
                    String format = entry.getValue().asText();
                    if (!FORMATS.containsKey(format) && !format.equals("regex")) {
                        throw new CheckException("unknown format \"" + format + "\" ignored in schema");
                    }
                }
                default -> {}
            }
        }
    }
}
