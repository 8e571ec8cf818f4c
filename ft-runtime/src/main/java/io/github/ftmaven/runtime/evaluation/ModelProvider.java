package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.generation.Answers;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.suite.Provider;
import io.github.ftmaven.runtime.suite.ProviderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A model of the evaluation as a suite's provider. It answers greedily, and in batches if the prompts are known in
 * advance.
 */
final class ModelProvider implements Provider {
    private final BatchModel model;
    private final ChatFormat format;
    private final UnaryOperator<Conversation> asking;
    private final @Nullable String system;
    private final int limit;
    private final int batchSize;
    private final Map<String, Response> answers = new HashMap<>();

    /**
     * Prepares a model for questions.
     *
     * @param asking builds the prompt for a question
     * @param system the system message for conversations without one
     * @param limit the most tokens of an answer
     */
    ModelProvider(
            BatchModel model,
            ChatFormat format,
            UnaryOperator<Conversation> asking,
            @Nullable String system,
            int limit,
            int batchSize) {
        this.model = model;
        this.format = format;
        this.asking = asking;
        this.system = system;
        this.limit = limit;
        this.batchSize = batchSize;
    }

    @Override
    public void prepare(List<String> prompts) {
        List<String> wanted = new ArrayList<>();
        List<int[]> tokens = new ArrayList<>();
        for (String prompt : new LinkedHashSet<>(prompts)) {
            try {
                tokens.add(format.prompt(conversation(prompt)));
                wanted.add(prompt);
            } catch (InvalidInputException e) {
                // Told when it is asked.
            }
        }
        List<Answers.Answer> found =
                Answers.greedy(model, tokens, limit, format.endTokenId(), batchSize, (answered, count) -> {});
        for (int i = 0; i < wanted.size(); i++) {
            int[] answer = format.untilEnd(found.get(i).tokens());
            answers.put(
                    wanted.get(i),
                    new Response(
                            TextNode.valueOf(format.answer(answer)),
                            Math.round(1000 * found.get(i).seconds()),
                            null,
                            answer.length < limit ? "stop" : "length",
                            null,
                            new Response.Tokens(tokens.get(i).length, answer.length)));
        }
    }

    @Override
    public Response ask(String prompt, ObjectNode vars) throws ProviderException {
        if (!answers.containsKey(prompt)) {
            try {
                conversation(prompt);
            } catch (InvalidInputException e) {
                throw new ProviderException(String.valueOf(e.getMessage()));
            }
            prepare(List.of(prompt));
        }
        Response response = answers.get(prompt);
        if (response == null) {
            throw new ProviderException("the model's chat template cannot render this conversation");
        }
        return response;
    }

    /** A prompt that is a list of messages becomes that conversation; any other prompt becomes a user message. */
    private Conversation conversation(String prompt) {
        Optional<JsonNode> json = Js.parse(prompt)
                .filter(list -> list.isArray() && !list.isEmpty() && list.get(0).has("role"));
        List<Message> messages = new ArrayList<>();
        if (json.isPresent()) {
            messages.addAll(ConversationJson.messages("prompt", json.get()));
        } else {
            messages.add(new Message(Role.USER, prompt));
        }
        if (system != null && messages.get(0).role() != Role.SYSTEM) {
            messages.add(0, new Message(Role.SYSTEM, system));
        }
        return asking.apply(new Conversation(messages));
    }
}
