package io.github.ftmaven.langchain4j;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.ftmaven.runtime.inference.FineTunedModel;

/**
 * Answers greedily with a fine-tuned model in this process. It supports the request parameter {@code maxOutputTokens},
 * and throws {@link UnsupportedFeatureException} for any other parameter that would change the answer.
 */
public final class FineTunedChatModel implements ChatModel {
    private final FineTunedModel model;

    /** Wraps a model; the caller still has to close it. */
    public FineTunedChatModel(FineTunedModel model) {
        this.model = model;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return Responses.of(model.generate(Requests.conversation(request), Requests.maxTokens(request, model)));
    }
}
