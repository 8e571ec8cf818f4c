package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.script.Nunjucks;
import io.github.ftmaven.runtime.script.ScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The prompts for judges: a suite's {@code rubricPrompt}, which is a text, a {@code file://} text or a list of
 * messages, or one of the texts beside this class. The latter use promptfoo's variables and request its answer format,
 * in our own words.
 */
final class RubricPrompts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String FILE = "file://";

    private final Nunjucks templates;
    private final Grader.Files files;

    RubricPrompts(Nunjucks templates, Grader.Files files) {
        this.templates = templates;
        this.files = files;
    }

    /**
     * A prompt, ready to send.
     *
     * @param declared the suite's {@code rubricPrompt}; missing or empty for the default
     * @param fallback the default's name
     */
    String render(JsonNode declared, String fallback, ObjectNode vars) throws CheckException {
        String template = Js.truthy(declared) && !(declared.isContainerNode() && declared.isEmpty())
                ? text(declared)
                : standard(fallback);
        ObjectNode shown = shown(vars);
        Optional<JsonNode> json = Js.parse(template);
        if (json.isPresent()) {
            try {
                return Js.stringify(templates.renderTexts(json.get(), shown));
            } catch (ScriptException e) {
                // A template that spans several texts, so it is rendered as a whole.
            }
        }
        return whole(template, shown);
    }

    /** A prompt whose template sees variables as they are, not as JSON. */
    String renderWithObjects(JsonNode declared, String fallback, ObjectNode vars) throws CheckException {
        return whole(Js.truthy(declared) ? text(declared) : standard(fallback), vars);
    }

    private String whole(String template, ObjectNode vars) throws CheckException {
        try {
            return templates.render(template, vars);
        } catch (ScriptException e) {
            throw new CheckException("The rubricPrompt cannot be rendered: " + e.getMessage());
        }
    }

    private String text(JsonNode declared) throws CheckException {
        if (!declared.isTextual()) {
            return Js.stringify(declared);
        }
        String text = declared.textValue();
        return text.startsWith(FILE) ? files.source(text.substring(FILE.length())) : text;
    }

    /** Converts objects to their JSON, as deep as templates would print them. */
    private static ObjectNode shown(ObjectNode vars) {
        ObjectNode shown = JSON.objectNode();
        for (Map.Entry<String, JsonNode> entry : vars.properties()) {
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                shown.put(entry.getKey(), Js.stringify(value));
            } else if (value.isArray()) {
                ArrayNode items = shown.putArray(entry.getKey());
                value.forEach(item -> items.add(item.isContainerNode() ? TextNode.valueOf(Js.stringify(item)) : item));
            } else {
                shown.set(entry.getKey(), value);
            }
        }
        return shown;
    }

    private static String standard(String name) {
        String file = name + ".txt";
        try (InputStream in = Objects.requireNonNull(RubricPrompts.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
