package io.github.ftmaven.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.ftmaven.runtime.inference.Generation;

/** Converts answers to LangChain4j's responses. */
final class Responses {
    private Responses() {}

    static ChatResponse of(Generation answer) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(answer.text()))
                .tokenUsage(new TokenUsage(answer.promptTokens(), answer.generatedTokens()))
                .finishReason(
                        switch (answer.finishReason()) {
                            case STOP -> FinishReason.STOP;
                            case LENGTH -> FinishReason.LENGTH;
                        })
                .build();
    }
}
