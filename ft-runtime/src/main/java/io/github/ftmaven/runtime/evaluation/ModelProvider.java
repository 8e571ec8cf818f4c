package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.ChatFormat;
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

/**
 * A model of the evaluation as a suite's provider. It answers greedily, and in batches if the prompts are known in
 * advance.
 */
final class ModelProvider implements Provider {
    private final BatchModel model;
    private final ChatFormat format;
    private final SuitePrompts prompts;
    private final int limit;
    private final int batchSize;
    private final Map<String, Response> answers = new HashMap<>();

    /**
     * Prepares a model for questions.
     *
     * @param prompts builds the conversations
     * @param limit the most tokens of an answer
     */
    ModelProvider(BatchModel model, ChatFormat format, SuitePrompts prompts, int limit, int batchSize) {
        this.model = model;
        this.format = format;
        this.prompts = prompts;
        this.limit = limit;
        this.batchSize = batchSize;
    }

    @Override
    public void prepare(List<String> texts) {
        List<String> wanted = new ArrayList<>();
        List<int[]> tokens = new ArrayList<>();
        for (String prompt : new LinkedHashSet<>(texts)) {
            try {
                tokens.add(format.prompt(prompts.conversation(prompt)));
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
                prompts.conversation(prompt);
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
}
