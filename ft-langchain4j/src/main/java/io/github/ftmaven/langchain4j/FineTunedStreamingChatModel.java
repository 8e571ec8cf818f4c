package io.github.ftmaven.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.ftmaven.runtime.inference.FineTunedModel;
import java.util.concurrent.Executor;

/** Does what {@link FineTunedChatModel} does and tells the text as it comes. */
public final class FineTunedStreamingChatModel implements StreamingChatModel {
    private final FineTunedModel model;
    private final Executor executor;

    /** Wraps a model, which stays the caller's to close; requests are answered in the thread that makes them. */
    public FineTunedStreamingChatModel(FineTunedModel model) {
        this(model, Runnable::run);
    }

    /** Wraps a model, which stays the caller's to close; requests are answered by the executor. */
    public FineTunedStreamingChatModel(FineTunedModel model, Executor executor) {
        this.model = model;
        this.executor = executor;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        executor.execute(() -> {
            try {
                handler.onCompleteResponse(Responses.of(model.stream(
                        Requests.conversation(request),
                        Requests.maxTokens(request, model),
                        handler::onPartialResponse)));
            } catch (RuntimeException e) {
                handler.onError(e);
            }
        });
    }
}
