package io.github.ftmaven.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.inference.FineTunedModel;
import io.github.ftmaven.runtime.inference.Generation;
import io.github.ftmaven.runtime.inference.ModelOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's requests, answered by the tiny model. */
class FineTunedChatModelTest {
    private static final Path MODELS = Path.of("../ft-runtime/src/test/resources/models");

    private final FineTunedModel model = FineTunedModel.fromDirectory(
            MODELS.resolve("tiny-llama-adapter"),
            MODELS.resolve("tiny-llama"),
            ModelOptions.defaults().withDevice("cpu").withThreads(1).withMaxNewTokens(12));

    @AfterEach
    void free() {
        model.close();
    }

    private static ChatRequest.Builder asking() {
        return ChatRequest.builder().messages(UserMessage.from("a letter"));
    }

    @Test
    void answersAsTheModelDoes() {
        Generation expected = model.generate("a letter");
        ChatResponse response = new FineTunedChatModel(model).chat(asking().build());
        assertThat(response.aiMessage().text()).isEqualTo(expected.text());
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage())
                .isEqualTo(new TokenUsage(expected.promptTokens(), expected.generatedTokens()));
        assertThat(new FineTunedChatModel(model).chat("a letter")).isEqualTo(expected.text());
    }

    @Test
    void followsTheConversationAndTheLimit() {
        ChatResponse response = new FineTunedChatModel(model)
                .chat(ChatRequest.builder()
                        .messages(
                                SystemMessage.from("Say."),
                                UserMessage.from("rain"),
                                AiMessage.from("north"),
                                UserMessage.from("river"))
                        .temperature(0.0)
                        .maxOutputTokens(3)
                        .build());
        Generation expected = model.generate(
                new Conversation(List.of(
                        new Message(Role.SYSTEM, "Say."),
                        new Message(Role.USER, "rain"),
                        new Message(Role.ASSISTANT, "north"),
                        new Message(Role.USER, "river"))),
                3);
        assertThat(response.aiMessage().text()).isEqualTo(expected.text());
        assertThat(response.tokenUsage())
                .isEqualTo(new TokenUsage(expected.promptTokens(), expected.generatedTokens()));
        assertThat(new FineTunedChatModel(model)
                        .chat(asking().maxOutputTokens(3).build())
                        .tokenUsage()
                        .outputTokenCount())
                .isEqualTo(3);
    }

    @Test
    void streamsWhatItAnswers() {
        List<String> pieces = new ArrayList<>();
        List<ChatResponse> complete = new ArrayList<>();
        new FineTunedStreamingChatModel(model).chat(asking().build(), handler(pieces, complete, new ArrayList<>()));
        assertThat(complete).hasSize(1);
        assertThat(complete.get(0).aiMessage().text())
                .isEqualTo(String.join("", pieces))
                .isEqualTo(model.generate("a letter").text());
        assertThat(pieces).hasSizeGreaterThan(1);
    }

    @Test
    void tellsTheHandlerWhatWentWrong() {
        List<Throwable> errors = new ArrayList<>();
        new FineTunedStreamingChatModel(model)
                .chat(asking().topK(3).build(), handler(new ArrayList<>(), new ArrayList<>(), errors));
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0))
                .hasMessage("topK 3: the model answers greedily; remove it from the request")
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void refusesWhatItDoesNotDo() {
        assertRefused(
                asking().temperature(0.7), "temperature 0.7: the model answers greedily; remove it from the request");
        assertRefused(
                asking().stopSequences(List.of("x")),
                "stopSequences [x]: the model answers greedily; remove it from the request");
        assertRefused(
                asking().toolSpecifications(
                                ToolSpecification.builder().name("clock").build()),
                "tools: fine-tuned models do not support tools here");
        assertRefused(
                asking().responseFormat(ResponseFormat.JSON),
                "responseFormat JSON: train the model to answer in JSON, and measure it with json-valid");
        assertThatThrownBy(() -> new FineTunedChatModel(model)
                        .chat(UserMessage.from(ImageContent.from("https://example.com/a.png"))))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageStartingWith("a user message must be a single text: ");
    }

    private void assertRefused(ChatRequest.Builder request, String message) {
        assertThatThrownBy(() -> new FineTunedChatModel(model).chat(request.build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage(message);
    }

    private static StreamingChatResponseHandler handler(
            List<String> pieces, List<ChatResponse> complete, List<Throwable> errors) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.add(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.add(response);
            }

            @Override
            public void onError(Throwable error) {
                errors.add(error);
            }
        };
    }
}
