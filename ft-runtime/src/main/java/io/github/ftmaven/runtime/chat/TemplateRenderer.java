package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.template.Values;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chat template with all its variables besides the conversation.
 *
 * @param arguments variables by name, such as {@code enable_thinking}
 * @param parts whether to pass contents as a list of parts of type text, for a template that iterates over such lists
 *     and would omit a plain text
 */
record TemplateRenderer(ChatTemplate template, Map<String, Object> arguments, boolean parts) {
    /** Templates may print today's date, but equal inputs must give equal tokens on any day. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-07-26T00:00:00Z"), ZoneOffset.UTC);

    private static final List<String> RESERVED = List.of("messages", "tools", "add_generation_prompt");

    /**
     * Checks the arguments in a spec.
     *
     * @throws InvalidInputException for an argument that the template does not use, or that users must not set
     */
    static TemplateRenderer of(ChatTemplate template, Map<String, JsonNode> declared) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        declared.forEach((name, value) -> {
            String key = "dataset.templateArguments." + name;
            if (RESERVED.contains(name)) {
                throw new InvalidInputException(key + ": this variable is set automatically. Remove it.");
            }
            if (!template.mentions(name)) {
                throw new InvalidInputException(key + ": the model's chat template (" + template.name()
                        + ") does not use it. Remove it, or correct its name.");
            }
            arguments.put(name, Values.of(value));
        });
        return new TemplateRenderer(template, arguments, false);
    }

    /** This renderer with another form of contents. */
    TemplateRenderer withParts() {
        return new TemplateRenderer(template, arguments, true);
    }

    /**
     * The text of a conversation.
     *
     * @throws InvalidInputException if the template fails or rejects the conversation
     */
    String render(Conversation conversation, boolean addGenerationPrompt) {
        return text(CallArguments.suited(conversation, each -> text(each, false)), addGenerationPrompt);
    }

    private String text(Conversation conversation, boolean addGenerationPrompt) {
        Map<String, Object> variables = new LinkedHashMap<>(arguments);
        variables.putAll(ChatTemplate.variables(conversation));
        variables.computeIfPresent("messages", (key, messages) -> suited((List<?>) messages));
        return template.render(variables, addGenerationPrompt, CLOCK).text();
    }

    private List<Object> suited(List<?> messages) {
        List<Object> list = new ArrayList<>();
        for (Object message : messages) {
            Map<Object, Object> map = new LinkedHashMap<>((Map<?, ?>) message);
            for (String name : Message.REASONING) {
                if (map.containsKey(name) && !template.mentions(name)) {
                    map.putIfAbsent(Message.REASONING.get(0), map.get(name));
                }
            }
            if (parts && map.get("content") instanceof String text) {
                map.put("content", List.of(Map.of("type", "text", "text", text)));
            }
            list.add(map);
        }
        return list;
    }
}
