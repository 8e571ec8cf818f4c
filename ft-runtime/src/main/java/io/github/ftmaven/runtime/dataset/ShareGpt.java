package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads ShareGPT's rows: {@code conversations} of {@code from} and {@code value}, as Axolotl and LLaMA-Factory read them.
 * A row may have {@code system} and {@code tools}, as LLaMA-Factory's. Conversations of {@code role} and {@code content}
 * are read as {@code messages}.
 */
final class ShareGpt {
    private static final JsonTrees JSON = Json.strictTrees();
    private static final String CONVERSATIONS = "conversations";
    private static final String CALL = "function_call";

    private static final Map<String, Role> ROLES = Map.ofEntries(
            Map.entry("system", Role.SYSTEM),
            Map.entry("human", Role.USER),
            Map.entry("user", Role.USER),
            Map.entry("gpt", Role.ASSISTANT),
            Map.entry("chatgpt", Role.ASSISTANT),
            Map.entry("model", Role.ASSISTANT),
            Map.entry("assistant", Role.ASSISTANT),
            Map.entry(CALL, Role.ASSISTANT),
            Map.entry("observation", Role.TOOL),
            Map.entry("function_response", Role.TOOL),
            Map.entry("tool", Role.TOOL));

    private ShareGpt() {}

    /**
     * The row's conversation.
     *
     * @throws InvalidInputException if it is not one
     */
    static Example read(String source, JsonNode row) {
        JsonNode list = row.path(CONVERSATIONS);
        if (!list.isArray()) {
            throw new InvalidInputException(source + ": " + CONVERSATIONS + " is " + ConversationJson.kind(list)
                    + ", but must be a list of from and value.");
        }
        List<Message> messages = new ArrayList<>();
        JsonNode system = row.path("system");
        if (system.isTextual() && !system.textValue().isBlank()) {
            messages.add(new Message(Role.SYSTEM, system.textValue()));
        }
        boolean own = list.valueStream().anyMatch(message -> message.has("from"));
        if (own) {
            for (int i = 0; i < list.size(); i++) {
                messages.add(message(source + ": " + CONVERSATIONS + "[" + i + "]", list.get(i)));
            }
        } else {
            messages.addAll(ConversationJson.messages(source, CONVERSATIONS, list));
        }
        return Row.ofConversation(source, CONVERSATIONS, messages, tools(source, row.path("tools")));
    }

    private static Message message(String where, JsonNode message) {
        String from = ConversationJson.text(where, "from", message);
        Role role = ROLES.get(from);
        if (role == null) {
            throw new InvalidInputException(where + " is from '" + from
                    + "'. Messages are from system, human (or user), gpt (or assistant), function_call and"
                    + " observation.");
        }
        String value = ConversationJson.text(where, "value", message);
        return from.equals(CALL) ? call(where, value) : new Message(role, value);
    }

    /** LLaMA-Factory's calls: an object with name and arguments, or a list of them. */
    private static Message call(String where, String value) {
        JsonNode calls = parse(where + ": value", value);
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        for (JsonNode call :
                calls.isArray() ? calls : JsonNodeFactory.instance.arrayNode().add(calls)) {
            if (!call.path("name").isTextual() || !call.has("arguments")) {
                throw new InvalidInputException(where
                        + ": value must be a call as JSON, {\"name\": ..., \"arguments\": ...}, or a list of calls.");
            }
            more.withArray(Message.TOOL_CALLS)
                    .addObject()
                    .put("type", "function")
                    .set("function", call);
        }
        return new Message(Role.ASSISTANT, "", more, true);
    }

    /** Tools are a list, or a text with that list in it. */
    private static @Nullable JsonNode tools(String source, JsonNode tools) {
        if (!tools.isTextual()) {
            return ConversationJson.tools(source, tools);
        }
        return tools.textValue().isBlank()
                ? null
                : ConversationJson.tools(source, parse(source + ": tools", tools.textValue()));
    }

    private static JsonNode parse(String where, String json) {
        try {
            return JSON.read(json);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(where + " is not JSON.", e);
        }
    }
}
