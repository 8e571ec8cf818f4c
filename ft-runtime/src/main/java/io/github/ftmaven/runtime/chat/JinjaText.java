package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes values in a Jinja template, using only syntax that every engine supports. */
final class JinjaText {
    private JinjaText() {}

    /** A text in quotes. Line ends are escaped, because Jinja converts all line ends in a template to line feeds. */
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

    /** Sets default values for variables. */
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

    /** Adds a system message to a conversation that does not begin with one. */
    static String systemMessage(String content) {
        return "{%- if not messages or messages[0]['role'] != 'system' %}{%- set messages = [{'role': 'system', 'content': "
                + quoted(content) + "}] + messages %}{%- endif %}";
    }
}
