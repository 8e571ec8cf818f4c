package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.template.Values;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The arguments of tool calls: OpenAI writes JSON in a string, transformers an object. Many templates support only one
 * of these: they encode a string twice, or print an object in Python's syntax. Such a template gets the other form.
 */
final class CallArguments {
    private static final JsonMapper JSON = Json.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectNode OBJECT =
            JsonNodeFactory.instance.objectNode().put("k", "v");
    private static final TextNode TEXT = TextNode.valueOf("{\"k\": \"v\"}");
    private static final String TWICE_ENCODED = "{\\\"k\\\": \\\"v\\\"}";
    private static final String OF_PYTHON = "{'k': 'v'}";

    private CallArguments() {}

    /**
     * A conversation whose arguments the template renders as JSON.
     *
     * @param render renders a conversation; it fails if the template does
     */
    static Conversation suited(Conversation conversation, Function<Conversation, String> render) {
        Predicate<JsonNode> text = node -> node.isTextual() && !object(node).isTextual();
        if (any(conversation, text) && !writes(conversation, TEXT, TWICE_ENCODED, render)) {
            return writes(conversation, OBJECT, OF_PYTHON, render)
                    ? with(conversation, CallArguments::object)
                    : conversation;
        }
        if (any(conversation, JsonNode::isObject) && !writes(conversation, OBJECT, OF_PYTHON, render)) {
            return writes(conversation, TEXT, TWICE_ENCODED, render)
                    ? with(conversation, CallArguments::text)
                    : conversation;
        }
        return conversation;
    }

    /** Whether a template supports one form of arguments, or at least is not known to print it wrongly. */
    private static boolean writes(
            Conversation conversation, JsonNode arguments, String wrong, Function<Conversation, String> render) {
        try {
            return !render.apply(with(conversation, any -> arguments)).contains(wrong);
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static boolean any(Conversation conversation, Predicate<JsonNode> form) {
        boolean[] found = {false};
        with(conversation, arguments -> {
            found[0] |= form.test(arguments);
            return arguments;
        });
        return found[0];
    }

    private static Conversation with(Conversation conversation, UnaryOperator<JsonNode> arguments) {
        return new Conversation(
                conversation.messages().stream()
                        .map(message -> message.callsTools() ? with(message, arguments) : message)
                        .toList(),
                conversation.tools());
    }

    private static Message with(Message message, UnaryOperator<JsonNode> arguments) {
        ObjectNode more = message.more().deepCopy();
        for (JsonNode call : more.path(Message.TOOL_CALLS)) {
            JsonNode function = call.has("function") ? call.get("function") : call;
            if (function instanceof ObjectNode named && named.has("arguments")) {
                named.set("arguments", arguments.apply(named.get("arguments")));
            }
        }
        return new Message(message.role(), message.content(), more, message.learnt());
    }

    /** The object in a string; a string without one does not change. */
    private static JsonNode object(JsonNode arguments) {
        if (!arguments.isTextual()) {
            return arguments;
        }
        try {
            JsonNode read = JSON.readTree(arguments.textValue());
            return read.isMissingNode() ? JsonNodeFactory.instance.objectNode() : read.isObject() ? read : arguments;
        } catch (JsonProcessingException e) {
            return arguments;
        }
    }

    private static JsonNode text(JsonNode arguments) {
        return arguments.isObject() ? TextNode.valueOf(Values.json(Values.of(arguments))) : arguments;
    }
}
