package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a file's rows into examples and checks them. */
final class Row {
    private Row() {}

    /** A question and its answer. */
    static Example ofPair(String source, String promptName, String prompt, String completionName, String completion) {
        checkText(source, promptName, prompt);
        checkText(source, completionName, completion);
        return new Example(source, List.of(new Message(Role.USER, prompt), new Message(Role.ASSISTANT, completion)));
    }

    /** A plain text to learn. */
    static Example ofText(String source, String text) {
        checkText(source, "text", text);
        return new Example(source, List.of(new Message(Role.ASSISTANT, text)));
    }

    /**
     * A conversation: at most one system message, then user and assistant in turn, the assistant last. The tools'
     * results follow the assistant's calls.
     *
     * @param key the key of the messages, for messages
     */
    static Example ofConversation(String source, String key, List<Message> messages, @Nullable JsonNode tools) {
        return ofConversation(source, i -> key + "[" + i + "]", messages, tools);
    }

    /** A conversation in two parts, as in TRL: the answers in the first part are not learnt. */
    static Example ofPromptAndCompletion(
            String source, PairKeys keys, List<Message> prompt, List<Message> completion, @Nullable JsonNode tools) {
        List<Message> messages = Stream.concat(
                        prompt.stream().map(message -> message.learnt(message.role() != Role.ASSISTANT)),
                        completion.stream())
                .toList();
        if (completion.isEmpty()) {
            throw new InvalidInputException(source + ": " + keys.completion() + " is empty.");
        }
        return ofConversation(
                source,
                i -> i < prompt.size()
                        ? keys.prompt() + "[" + i + "]"
                        : keys.completion() + "[" + (i - prompt.size()) + "]",
                messages,
                tools);
    }

    private static Example ofConversation(
            String source, IntFunction<String> place, List<Message> messages, @Nullable JsonNode tools) {
        Role expected = Role.USER;
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            String name = place.apply(i) + ".content";
            if (mayBeEmpty(message)) {
                checkCharacters(source, name, message.content());
            } else {
                checkText(source, name, message.content());
            }
            checkCharacters(source, place.apply(i), message.more().toString());
            if (i == 0 && message.role() == Role.SYSTEM) {
                continue;
            }
            boolean result =
                    expected == Role.TOOL && i > 0 && messages.get(i - 1).role() == Role.TOOL;
            if (message.role() != expected && !(result && message.role() == Role.ASSISTANT)) {
                throw new InvalidInputException(
                        source + ": " + place.apply(i) + " is from the " + ConversationJson.name(message.role())
                                + ", but the " + ConversationJson.name(expected)
                                + " must come next: a system message may only come"
                                + " first, then user and assistant alternate, and tool results follow their calls.");
            }
            expected = switch (message.role()) {
                case SYSTEM, USER -> Role.ASSISTANT;
                case TOOL -> Role.TOOL;
                case ASSISTANT -> message.callsTools() ? Role.TOOL : Role.USER;
            };
        }
        if (messages.isEmpty() || messages.get(messages.size() - 1).role() != Role.ASSISTANT) {
            throw new InvalidInputException(
                    source + ": the last message must be from the assistant: it is the answer to learn.");
        }
        if (tools != null) {
            checkCharacters(source, "tools", tools.toString());
        }
        return new Example(source, List.copyOf(messages), tools);
    }

    private static boolean mayBeEmpty(Message message) {
        return switch (message.role()) {
            case SYSTEM, TOOL -> true; // an empty one replaces a system message that a template adds by itself
            case USER -> false;
            case ASSISTANT -> message.callsTools();
        };
    }

    private static void checkText(String source, String name, String text) {
        if (text.isBlank()) {
            throw new InvalidInputException(source + ": " + name + " is empty.");
        }
        checkCharacters(source, name, text);
    }

    private static void checkCharacters(String source, String name, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidInputException(source + ": " + name + " contains half a character (a lone surrogate).");
        }
    }
}
