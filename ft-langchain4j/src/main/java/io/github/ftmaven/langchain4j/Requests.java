package io.github.ftmaven.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.inference.FineTunedModel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts LangChain4j's requests for a model in this process. */
final class Requests {
    private Requests() {}

    /**
     * The conversation of a request.
     *
     * @throws UnsupportedFeatureException if it needs more than greedy text generation
     */
    static Conversation conversation(ChatRequest request) {
        ChatRequestParameters parameters = request.parameters();
        refuse("topP", parameters.topP());
        refuse("topK", parameters.topK());
        refuse("frequencyPenalty", parameters.frequencyPenalty());
        refuse("presencePenalty", parameters.presencePenalty());
        refuse("modelName", parameters.modelName());
        if (parameters.temperature() != null && parameters.temperature() != 0) {
            refuse("temperature", parameters.temperature());
        }
        if (!parameters.stopSequences().isEmpty()) {
            refuse("stopSequences", parameters.stopSequences());
        }
        if (!parameters.toolSpecifications().isEmpty()) {
            throw new UnsupportedFeatureException("tools: fine-tuned models do not support tools here");
        }
        if (parameters.responseFormat() != null && parameters.responseFormat().type() == ResponseFormatType.JSON) {
            throw new UnsupportedFeatureException(
                    "responseFormat JSON: train the model to answer in JSON, and measure it with json-valid");
        }
        return new Conversation(
                request.messages().stream().map(Requests::message).toList());
    }

    /** The most tokens of the answer. */
    static int maxTokens(ChatRequest request, FineTunedModel model) {
        return Objects.requireNonNullElse(request.parameters().maxOutputTokens(), model.maxNewTokens());
    }

    private static Message message(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return new Message(Role.SYSTEM, system.text());
        }
        if (message instanceof UserMessage user) {
            if (!user.hasSingleText()) {
                throw new UnsupportedFeatureException("a user message must be a single text: " + user.contents());
            }
            return new Message(Role.USER, user.singleText());
        }
        if (message instanceof AiMessage answer && !answer.hasToolExecutionRequests() && answer.text() != null) {
            return new Message(Role.ASSISTANT, answer.text());
        }
        throw new UnsupportedFeatureException("a message of type " + message.type() + ": " + message);
    }

    private static void refuse(String name, @Nullable Object value) {
        if (value != null) {
            throw new UnsupportedFeatureException(
                    name + " " + value + ": the model answers greedily; remove it from the request");
        }
    }
}
