package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Js;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps earlier answers for later prompts: {@code storeOutputAs}, and the turns of a conversation, which belongs to a
 * provider, a prompt and a {@code metadata.conversationId}.
 */
final class Memory {
    static final String CONVERSATION = "_conversation";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern USE = Pattern.compile("\\b" + CONVERSATION + "\\b");

    private final Map<String, JsonNode> stored = new LinkedHashMap<>();
    private final Map<List<Object>, ArrayNode> conversations = new HashMap<>();

    /** Whether a prompt uses earlier answers. */
    static boolean isUsedBy(Prompt prompt) {
        return prompt.script() == null && USE.matcher(prompt.raw()).find();
    }

    /** A row's variables plus the remembered ones; the turns are those of the conversation, live. */
    ObjectNode vars(PlannedRow task) {
        ObjectNode vars = task.vars().deepCopy();
        stored.forEach(vars::set);
        if (isUsedBy(task.column().prompt()) && !task.test().isOn("disableConversationVar")) {
            vars.set(CONVERSATION, conversation(task));
        }
        return vars;
    }

    /** The names of the variables that hold models' answers. */
    Set<String> said() {
        Set<String> names = new HashSet<>(stored.keySet());
        names.add(CONVERSATION);
        return names;
    }

    /** Adds a turn: the input, reduced to the last message of a list, and the answer. */
    void add(PlannedRow task, String prompt, JsonNode output) {
        if (!isUsedBy(task.column().prompt())) {
            return;
        }
        JsonNode json = Js.parse(prompt).orElse(JSON.textNode(prompt));
        JsonNode input = json;
        if (json.isArray() && !json.isEmpty()) {
            JsonNode last = json.get(json.size() - 1);
            input = last.path("content").asText("").isEmpty()
                            && !last.path("content").isContainerNode()
                    ? last
                    : last.get("content");
        }
        ObjectNode turn = conversation(task).addObject();
        turn.set("prompt", json);
        turn.set("input", input);
        turn.set("output", output);
    }

    void store(String name, JsonNode output) {
        stored.put(name, output);
    }

    private ArrayNode conversation(PlannedRow task) {
        return conversations.computeIfAbsent(
                List.of(
                        task.column().provider(),
                        task.columnIndex(),
                        task.test().json().path("metadata").path("conversationId")),
                key -> JSON.arrayNode());
    }
}
