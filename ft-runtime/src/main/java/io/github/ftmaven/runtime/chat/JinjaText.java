package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values as they are written in a Jinja template, with nothing but what every engine reads. */
final class JinjaText {
    private JinjaText() {}

    /** A text in quotes. Line ends are escaped: Jinja makes line feeds of all that stand in a template. */
    static String quoted(String text) {
        return '\''
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '\'';
    }

    /** A JSON value. */
    static String value(JsonNode json) {
        if (json.isTextual()) {
            return quoted(json.textValue());
        }
        List<String> parts = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(item -> parts.add(value(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        if (json.isObject()) {
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                parts.add(quoted(entry.getKey()) + ": " + value(entry.getValue()));
            }
            return "{" + String.join(", ", parts) + "}";
        }
        return json.isNull() ? "none" : json.asText();
    }

    /** Gives variables that are not set these values. */
    static String defaults(Map<String, JsonNode> variables) {
        StringBuilder text = new StringBuilder();
        variables.forEach((name, value) -> text.append("{%- if ")
                .append(name)
                .append(" is not defined %}{%- set ")
                .append(name)
                .append(" = ")
                .append(value(value))
                .append(" %}{%- endif %}"));
        return text.toString();
    }

    /** Gives a conversation that begins with no system message this one. */
    static String systemMessage(String content) {
        return "{%- if not messages or messages[0]['role'] != 'system' %}{%- set messages = [{'role': 'system', 'content': "
                + quoted(content) + "}] + messages %}{%- endif %}";
    }
}
