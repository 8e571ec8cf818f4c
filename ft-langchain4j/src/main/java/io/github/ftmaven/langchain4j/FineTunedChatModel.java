package io.github.ftmaven.langchain4j;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.ftmaven.runtime.inference.FineTunedModel;

/**
 * Answers with a fine-tuned model of this process, greedily. Of a request's parameters {@code maxOutputTokens} is
 * followed; whatever else would change the answer is refused with {@link UnsupportedFeatureException}.
 */
public final class FineTunedChatModel implements ChatModel {
    private final FineTunedModel model;

    /** Wraps a model, which stays the caller's to close. */
    public FineTunedChatModel(FineTunedModel model) {
        this.model = model;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return Responses.of(model.generate(Requests.conversation(request), Requests.maxTokens(request, model)));
    }
}
