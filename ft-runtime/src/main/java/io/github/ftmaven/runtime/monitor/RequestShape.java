package io.github.ftmaven.runtime.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the question, and the answer if there is one, in a row of a log: a body of OpenAI's APIs alone or under {@code
 * request}, {@code body} and similar keys, with {@code response} or {@code choices} beside it, or a row of a dataset.
 */
final class RequestShape {
    private static final int DEEPEST = 4;

    /** Keys that hold a request or its body. */
    private static final List<String> ENVELOPES =
            List.of("request", "body", "proxy_server_request", "raw_request_body", "request_body", "kwargs", "data");

    /** Keys that hold what was answered, in the order in which they are looked at. */
    private static final List<String> ANSWERS =
            List.of("response", "choices", "completion", "output_text", "output", "message", "body", "content", "text");

    private static final Map<String, Role> SPEAKERS = Map.of(
            "system",
            Role.SYSTEM,
            "human",
            Role.USER,
            "user",
            Role.USER,
            "gpt",
            Role.ASSISTANT,
            "assistant",
            Role.ASSISTANT,
            "function",
            Role.TOOL,
            "function_call",
            Role.ASSISTANT,
            "observation",
            Role.TOOL);

    private RequestShape() {}

    /**
     * Reads a row.
     *
     * @throws InvalidInputException whose message says what is wrong with it
     */
    static Request read(String source, JsonNode row) {
        if (!row.isObject()) {
            throw new InvalidInputException("is " + ConversationJson.kind(row) + ", not an object");
        }
        if (isEmbedding(row)) {
            throw new InvalidInputException("asks for embeddings, not for an answer");
        }
        JsonNode question = question(row, 0)
                .orElseThrow(() -> new InvalidInputException(
                        "has no messages, prompt, input, instruction or conversations, alone or under request or"
                                + " body"));
        List<Message> messages = new ArrayList<>(messages(question));
        String answer = null;
        if (!messages.isEmpty() && messages.get(messages.size() - 1).role() == Role.ASSISTANT) {
            answer = messages.remove(messages.size() - 1).content();
        }
        if (messages.stream().allMatch(message -> message.role() == Role.SYSTEM)) {
            throw new InvalidInputException("asks nothing: no message of a user");
        }
        return new Request(source, messages, answer != null ? answer : answered(row, question));
    }

    private static boolean isEmbedding(JsonNode row) {
        for (String key : List.of("url", "call_type", "endpoint", "path", "object")) {
            if (row.path(key).asText().toLowerCase(Locale.ROOT).contains("embedding")) {
                return true;
            }
        }
        return false;
    }

    /** The object that asks: the row, or one in an envelope. */
    private static Optional<JsonNode> question(JsonNode row, int depth) {
        if (row.hasNonNull("messages")
                || row.hasNonNull("prompt")
                || row.hasNonNull("input")
                || row.hasNonNull("instruction")
                || row.hasNonNull("conversations")) {
            return Optional.of(row);
        }
        for (String key : ENVELOPES) {
            JsonNode inner = RequestLog.unwrapped(row.path(key));
            if (inner.isObject() && depth < DEEPEST) {
                Optional<JsonNode> found = question(inner, depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static List<Message> messages(JsonNode question) {
        JsonNode messages = RequestLog.unwrapped(question.path("messages"));
        if (question.hasNonNull("messages")) {
            return list("messages", messages);
        }
        if (question.hasNonNull("conversations")) {
            return list("conversations", question.path("conversations"));
        }
        if (question.hasNonNull("prompt")) {
            return prompt("prompt", question.path("prompt"));
        }
        if (question.hasNonNull("instruction")) {
            String input = question.path("input").asText();
            String instruction = question.path("instruction").asText();
            return List.of(new Message(Role.USER, input.isBlank() ? instruction : instruction + "\n\n" + input));
        }
        List<Message> asked = new ArrayList<>();
        if (question.path("instructions").isTextual()) {
            asked.add(new Message(Role.SYSTEM, question.path("instructions").textValue()));
        }
        asked.addAll(prompt("input", question.path("input")));
        return asked;
    }

    private static List<Message> prompt(String key, JsonNode prompt) {
        if (prompt.isTextual()) {
            return List.of(new Message(Role.USER, prompt.textValue()));
        }
        if (prompt.isArray() && prompt.valueStream().allMatch(JsonNode::isTextual) && prompt.size() == 1) {
            return List.of(new Message(Role.USER, prompt.get(0).textValue()));
        }
        if (prompt.isArray() && !prompt.isEmpty() && prompt.valueStream().allMatch(JsonNode::isTextual)) {
            throw new InvalidInputException(key + " holds " + prompt.size() + " prompts; log one in a line");
        }
        if (prompt.isArray() && !prompt.isEmpty() && prompt.valueStream().noneMatch(JsonNode::isObject)) {
            throw new InvalidInputException(key + " is a list of token ids, not a text");
        }
        return list(key, prompt);
    }

    private static List<Message> list(String key, JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw new InvalidInputException(key + " is " + ConversationJson.kind(list) + ", not a list of messages");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : list) {
            String type = message.path("type").asText("message");
            if (!message.has("role") && !message.has("from") && !type.equals("message")) {
                continue; // the Responses API lists calls of tools and reasoning between messages
            }
            messages.add(message(key + "[" + messages.size() + "]", message));
        }
        return messages;
    }

    private static Message message(String where, JsonNode message) {
        String name = message.path(message.has("from") ? "from" : "role").asText();
        Role role = ConversationJson.role(name).orElse(SPEAKERS.get(name));
        if (role == null) {
            throw new InvalidInputException(where + " has the role '" + name + "', which is not one of a conversation");
        }
        return new Message(role, text(message.path(message.has("value") ? "value" : "content")));
    }

    /** A text, or the texts among parts; parts of other types have no words. */
    private static String text(JsonNode content) {
        if (content.isArray()) {
            StringBuilder text = new StringBuilder();
            content.forEach(part -> text.append(
                    part.isTextual() ? part.textValue() : part.path("text").asText("")));
            return text.toString();
        }
        return content.isTextual() ? content.textValue() : "";
    }

    private static @Nullable String answered(JsonNode row, JsonNode question) {
        for (JsonNode place : row.equals(question) ? List.of(row) : List.of(row, question)) {
            for (String key : List.of("response", "choices", "completion", "output", "output_text")) {
                String found = answer(RequestLog.unwrapped(place.path(key)), 0);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable String answer(JsonNode node, int depth) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (depth > 2 * DEEPEST || !node.isContainerNode()) {
            return null;
        }
        if (node.isArray()) {
            for (JsonNode each : node) { // the first choice, or the message among the items of the Responses API
                if (!each.path("type").asText().equals("reasoning")) {
                    String found = answer(each, depth + 1);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        }
        for (String key : ANSWERS) {
            String found = answer(RequestLog.unwrapped(node.path(key)), depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
