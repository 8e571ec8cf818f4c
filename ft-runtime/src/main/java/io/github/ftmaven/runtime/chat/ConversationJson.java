package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conversations in the JSON that datasets and APIs write: {@code role}, {@code content}, {@code tool_calls}, … */
public final class ConversationJson {
    private static final List<String> KEYS =
            List.of("role", "content", Message.TOOL_CALLS, "tool_call_id", "name", "reasoning_content");

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(ConversationJson::name).toList();

    private ConversationJson() {}

    /** A role as it is written. */
    public static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** The role that is written so. */
    public static Optional<Role> role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> name(role).equals(name))
                .findFirst();
    }

    /**
     * Reads messages.
     *
     * @param source where they are, for messages
     * @throws InvalidInputException if they are not a list of messages
     */
    public static List<Message> messages(String source, JsonNode list) {
        if (!list.isArray()) {
            throw new InvalidInputException(source + ": messages is " + kind(list) + ", where a list is wanted.");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : list) {
            String where = source + ": messages[" + messages.size() + "]";
            if (!message.isObject()) {
                throw new InvalidInputException(where + " is " + kind(message) + ", where an object is wanted.");
            }
            message.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    throw new InvalidInputException(where + " has the unknown key '" + key
                            + "'. A message has role and content, and may have tool_calls, tool_call_id, name and"
                            + " reasoning_content." + Suggestion.didYouMean(key, KEYS));
                }
            });
            messages.add(message(where, message));
        }
        return messages;
    }

    private static Message message(String where, JsonNode json) {
        String name = text(where, "role", json);
        Role role = role(name)
                .orElseThrow(() -> new InvalidInputException(where + " has the unknown role '" + name
                        + "'. Roles are system, user, assistant and tool." + Suggestion.didYouMean(name, ROLES)));
        ObjectNode more = ((ObjectNode) json.deepCopy()).without(List.of("role", "content"));
        JsonNode calls = more.path(Message.TOOL_CALLS);
        if (!calls.isMissingNode() && (!calls.isArray() || calls.isEmpty() || role != Role.ASSISTANT)) {
            throw new InvalidInputException(
                    where + ": tool_calls must be a list of calls, in a message of the assistant.");
        }
        boolean silent = !calls.isMissingNode()
                && (!json.has("content") || json.get("content").isNull());
        return new Message(role, silent ? "" : text(where, "content", json), more);
    }

    /**
     * Reads tools.
     *
     * @return null for none
     * @throws InvalidInputException if they are not a list
     */
    public static @Nullable JsonNode tools(String source, @Nullable JsonNode tools) {
        if (tools == null || tools.isNull() || tools.isMissingNode() || (tools.isArray() && tools.isEmpty())) {
            return null;
        }
        if (!tools.isArray()) {
            throw new InvalidInputException(
                    source + ": tools is " + kind(tools) + ", where a list of functions is wanted.");
        }
        return tools;
    }

    /**
     * The text under a key.
     *
     * @throws InvalidInputException if there is none, or it is not text
     */
    public static String text(String source, String key, JsonNode object) {
        JsonNode value = object.get(key);
        if (value == null) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            throw new InvalidInputException(source + ": has no " + key + ", only "
                    + (keys.isEmpty() ? "nothing" : String.join(", ", keys)) + "." + Suggestion.didYouMean(key, keys));
        }
        if (!value.isTextual()) {
            throw new InvalidInputException(
                    source + ": " + key + " is " + kind(value) + ", where text is wanted. Write it in quotes.");
        }
        return value.textValue();
    }

    /** What a value is, for messages: {@code a list}. */
    public static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL -> "null";
            case MISSING -> "empty";
            default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
