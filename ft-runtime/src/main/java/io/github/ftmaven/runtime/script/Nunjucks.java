package io.github.ftmaven.runtime.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Renders templates as nunjucks 3.2.4 does, without escaping; undefined values render as nothing. */
public final class Nunjucks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NAME = Pattern.compile("\\{\\{ *([A-Za-z_][A-Za-z0-9_]*) *}}");
    private static final Pattern TAG = Pattern.compile("\\{[{%#]");

    private final JavaScript engine;
    private final ObjectNode filters;

    /**
     * Prepares a renderer.
     *
     * @param filters the sources of the user's own filters, by name
     */
    public Nunjucks(JavaScript engine, ObjectNode filters) {
        this.engine = engine;
        this.filters = filters;
    }

    /**
     * Renders a template.
     *
     * @param vars an object
     * @throws ScriptException if the template is not valid, or fails
     */
    public String render(String template, JsonNode vars) throws ScriptException {
        if (!TAG.matcher(template).find()) {
            return template;
        }
        String plain = substituted(template, vars);
        if (plain != null) {
            return plain;
        }
        ObjectNode prepared = JSON.objectNode().put("template", template);
        prepared.set("filters", filters);
        return engine.call("render", prepared, vars).asText();
    }

    /**
     * Renders each text in a JSON value separately; the keys of objects do not change.
     *
     * @param vars an object
     * @throws ScriptException if a text is not a valid template, or its rendering fails
     */
    public JsonNode renderTexts(JsonNode value, JsonNode vars) throws ScriptException {
        if (value.isTextual()) {
            return TextNode.valueOf(render(value.textValue(), vars));
        }
        if (value.isArray()) {
            ArrayNode list = JSON.arrayNode();
            for (JsonNode item : value) {
                list.add(renderTexts(item, vars));
            }
            return list;
        }
        if (value.isObject()) {
            ObjectNode object = JSON.objectNode();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                object.set(entry.getKey(), renderTexts(entry.getValue(), vars));
            }
            return object;
        }
        return value;
    }

    /** The text of a template that contains only names of text variables, as most do; null if the engine is needed. */
    private static @Nullable String substituted(String template, JsonNode vars) {
        Matcher matcher = NAME.matcher(template);
        if (TAG.matcher(matcher.replaceAll("")).find()) {
            return null;
        }
        matcher.reset();
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            JsonNode value = vars.path(matcher.group(1));
            if (!value.isTextual()) {
                return null;
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.textValue()));
        }
        return matcher.appendTail(text).toString();
    }
}
