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
 * Reads conversations in the JSON of datasets and APIs: {@code role}, {@code content}, {@code tool_calls}, … Null
 * values are omitted, so users can paste the answers of an API unchanged; only {@code content} stays as in the row.
 */
public final class ConversationJson {
    private static final String CONTENT = "content";
    private static final String WEIGHT = "weight";
    private static final List<String> KEYS = Stream.concat(
                    Stream.of("role", CONTENT, Message.TOOL_CALLS, "tool_call_id", "name", WEIGHT),
                    Message.REASONING.stream())
            .toList();

    /** Other keys in an answer of OpenAI's API, and the remedy if they are not empty. */
    private static final Map<String, String> REFUSED = Map.of(
            "refusal", "Move its text to content if the model should learn this refusal, or remove the row.",
            "audio", "Training supports only text. Remove the row.",
            "function_call", "Write it as tool_calls, and its result with the role tool.",
            "annotations", "Chat templates do not use them. Remove the key.");

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(ConversationJson::name).toList();

    private ConversationJson() {}

    /** The name of a role in JSON. */
    public static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** The role of a name; {@code developer} is OpenAI's name for system. */
    public static Optional<Role> role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> name(role).equals(name.equals("developer") ? "system" : name))
                .findFirst();
    }

    /**
     * Reads the list under {@code messages}.
     *
     * @param source the place, for messages
     * @throws InvalidInputException if it is not a list of messages
     */
    public static List<Message> messages(String source, JsonNode list) {
        return messages(source, "messages", list);
    }

    /**
     * Reads messages.
     *
     * @param source the place, for messages
     * @param key the key of the messages
     * @throws InvalidInputException if they are not a list of messages
     */
    public static List<Message> messages(String source, String key, JsonNode list) {
        if (!list.isArray()) {
            throw new InvalidInputException(
                    source + ": " + key + " is " + kind(list) + ", but must be a list of messages.");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : list) {
            String where = source + ": " + key + "[" + messages.size() + "]";
            if (!message.isObject()) {
                throw new InvalidInputException(where + " is " + kind(message) + ", but must be an object.");
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
            throw new InvalidInputException(where + " has " + key + ", which training does not support. " + advice);
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
            ObjectNode first = JsonNodeFactory.instance.objectNode(); // templates may print a message as it is
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

    /** The text of {@code content}, which may consist of parts. */
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
                        + ", but must be {\"type\": \"text\", \"text\": ...}: training supports only text.");
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
                    + ", but must be 0, which excludes the answer from training, or 1.");
        }
        if (weight.doubleValue() == 1 && role != Role.ASSISTANT) {
            throw new InvalidInputException(where + " is from the " + name(role)
                    + " and has weight 1, but training learns only the assistant's messages. Remove it.");
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
                    source + ": tools is " + kind(tools) + ", but must be a list of functions.");
        }
        return tools;
    }

    /**
     * The text of a key.
     *
     * @throws InvalidInputException if the key is missing, or its value is not text
     */
    public static String text(String source, String key, JsonNode object) {
        JsonNode value = object.get(key);
        if (value == null) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            throw new InvalidInputException(source + ": " + key + " is missing"
                    + (keys.isEmpty() ? "" : "; found only " + String.join(", ", keys)) + "."
                    + Suggestion.didYouMean(key, keys));
        }
        if (!value.isTextual()) {
            throw new InvalidInputException(
                    source + ": " + key + " is " + kind(value) + ", but must be text." + advice(value));
        }
        return value.textValue();
    }

    private static String advice(JsonNode value) {
        if (value.isContainerNode()) {
            return " Write its text in quotes.";
        }
        return value.isNull() ? "" : " Write it in quotes.";
    }

    /** The kind of a value, for messages: {@code a list}. */
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
