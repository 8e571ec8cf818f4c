package io.github.ftmaven.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.ftmaven.runtime.inference.FineTunedModel;
import java.util.concurrent.Executor;

/** Like {@link FineTunedChatModel}, but passes on the text as it is generated. */
public final class FineTunedStreamingChatModel implements StreamingChatModel {
    private final FineTunedModel model;
    private final Executor executor;

    /** Wraps a model; the caller still has to close it. The calling thread answers requests. */
    public FineTunedStreamingChatModel(FineTunedModel model) {
        this(model, Runnable::run);
    }

    /** Wraps a model; the caller still has to close it. The executor answers requests. */
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
