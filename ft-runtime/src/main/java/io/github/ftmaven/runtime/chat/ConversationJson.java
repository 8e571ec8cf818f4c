package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in the JSON that datasets and APIs write: {@code role}, {@code content}, {@code tool_calls}, … What is
 * null says nothing and is left out, so that the answers of an API can be pasted as they are; only {@code content} stays
 * as the row has it.
 */
public final class ConversationJson {
    private static final String CONTENT = "content";
    private static final String WEIGHT = "weight";
    private static final List<String> KEYS = Stream.concat(
                    Stream.of("role", CONTENT, Message.TOOL_CALLS, "tool_call_id", "name", WEIGHT),
                    Message.REASONING.stream())
            .toList();

    /** What an answer of OpenAI's API has beside these, and what to do where it is not empty. */
    private static final Map<String, String> REFUSED = Map.of(
            "refusal", "Move its text to content if the model should refuse so, or remove the row.",
            "audio", "Only text is learnt: remove the row.",
            "function_call", "Write it as tool_calls, and its result with the role tool.",
            "annotations", "No chat template reads them: remove the key.");

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(ConversationJson::name).toList();

    private ConversationJson() {}

    /** A role as it is written. */
    public static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** The role that is written so; {@code developer} is what OpenAI calls system. */
    public static Optional<Role> role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> name(role).equals(name.equals("developer") ? "system" : name))
                .findFirst();
    }

    /**
     * Reads the list under {@code messages}.
     *
     * @param source where it is, for messages
     * @throws InvalidInputException if it is not a list of messages
     */
    public static List<Message> messages(String source, JsonNode list) {
        return messages(source, "messages", list);
    }

    /**
     * Reads messages.
     *
     * @param source where they are, for messages
     * @param key the key that they are under
     * @throws InvalidInputException if they are not a list of messages
     */
    public static List<Message> messages(String source, String key, JsonNode list) {
        if (!list.isArray()) {
            throw new InvalidInputException(
                    source + ": " + key + " is " + kind(list) + ", where a list of messages is wanted.");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : list) {
            String where = source + ": " + key + "[" + messages.size() + "]";
            if (!message.isObject()) {
                throw new InvalidInputException(where + " is " + kind(message) + ", where an object is wanted.");
            }
            message.properties().forEach(entry -> checkKey(where, entry.getKey(), entry.getValue()));
            messages.add(message(where, message));
        }
        return messages;
    }

    private static void checkKey(String where, String key, JsonNode value) {
        if (value.isNull() || KEYS.contains(key)) {
            return;
        }
        String advice = REFUSED.get(key);
        if (advice == null) {
            throw new InvalidInputException(where + " has the unknown key '" + key
                    + "'. A message has role and content, and may have tool_calls, tool_call_id, name,"
                    + " reasoning_content and weight." + Suggestion.didYouMean(key, KEYS));
        }
        if (value.isValueNode() || !value.isEmpty()) {
            throw new InvalidInputException(where + " has " + key + ", which is not learnt. " + advice);
        }
    }

    private static Message message(String where, JsonNode json) {
        Role role = role(where, text(where, "role", json));
        ObjectNode more = more(json);
        Message.REASONING.stream().filter(more::has).forEach(key -> text(where, key, json));
        JsonNode calls = more.path(Message.TOOL_CALLS);
        boolean none = calls.isMissingNode() || (calls.isArray() && calls.isEmpty());
        if (none) {
            more.remove(Message.TOOL_CALLS);
        } else if (!calls.isArray() || role != Role.ASSISTANT) {
            throw new InvalidInputException(
                    where + ": tool_calls must be a list of calls, in a message of the assistant.");
        }
        JsonNode content = json.path(CONTENT);
        boolean silent = !none && (content.isMissingNode() || content.isNull());
        String text = silent ? "" : content(where, json);
        if (!none && text.isEmpty() && !content.isMissingNode()) {
            ObjectNode first = JsonNodeFactory.instance.objectNode(); // templates may write a message as it is
            first.set(CONTENT, content.isNull() ? content : TextNode.valueOf(""));
            more = first.setAll(more);
        }
        return new Message(role, text, more, learnt(where, role, json.path(WEIGHT)));
    }

    private static ObjectNode more(JsonNode json) {
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        json.properties().forEach(entry -> {
            boolean told = KEYS.contains(entry.getKey())
                    && !List.of("role", CONTENT, WEIGHT).contains(entry.getKey());
            if (told && !entry.getValue().isNull()) {
                more.set(entry.getKey(), entry.getValue());
            }
        });
        return more;
    }

    private static Role role(String where, String name) {
        return role(name)
                .orElseThrow(() -> new InvalidInputException(where + " has the unknown role '" + name
                        + "'. Roles are system (or developer), user, assistant and tool."
                        + (name.equals("function")
                                ? " Write the result of a function with the role tool, and its call as tool_calls."
                                : Suggestion.didYouMean(name, ROLES))));
    }

    /** The text under {@code content}, which may be cut into parts. */
    private static String content(String where, JsonNode message) {
        JsonNode content = message.path(CONTENT);
        if (!content.isArray()) {
            return text(where, CONTENT, message);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.get(i);
            String place = where + ": content[" + i + "]";
            String type = part.path("type").asText("");
            if (!part.isObject() || !type.equals("text")) {
                throw new InvalidInputException(place + " is "
                        + (part.isObject() ? "of the type '" + type + "'" : kind(part))
                        + ", where a part {\"type\": \"text\", \"text\": ...} is wanted: only text is learnt.");
            }
            part.properties().forEach(entry -> {
                if (!List.of("type", "text").contains(entry.getKey())
                        && !entry.getValue().isNull()) {
                    throw new InvalidInputException(
                            place + " has the unknown key '" + entry.getKey() + "'. A part has type and text.");
                }
            });
            text.append(text(place, "text", part));
        }
        return text.toString();
    }

    private static boolean learnt(String where, Role role, JsonNode weight) {
        if (weight.isMissingNode() || weight.isNull()) {
            return true;
        }
        boolean whole = weight.isNumber() && (weight.doubleValue() == 0 || weight.doubleValue() == 1);
        if (!whole) {
            throw new InvalidInputException(where + ": weight is " + (weight.isNumber() ? weight : kind(weight))
                    + ". It is 0 for an answer that is not learnt, or 1.");
        }
        if (weight.doubleValue() == 1 && role != Role.ASSISTANT) {
            throw new InvalidInputException(where + " is from the " + name(role)
                    + " and has weight 1, but only the assistant's messages are learnt. Remove it.");
        }
        return role != Role.ASSISTANT || weight.doubleValue() == 1;
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
                    source + ": " + key + " is " + kind(value) + ", where text is wanted." + advice(value));
        }
        return value.textValue();
    }

    private static String advice(JsonNode value) {
        if (value.isContainerNode()) {
            return " Write the text that it stands for, in quotes.";
        }
        return value.isNull() ? "" : " Write it in quotes.";
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
