package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.generation.Answers;
import io.github.ftmaven.runtime.generation.BatchModel;
import java.util.ArrayList;
import java.util.List;

/** A loaded model as a suite's provider. It answers greedily. */
final class ModelProvider extends PreparedProvider<int[]> {
    private final BatchModel model;
    private final ChatFormat format;
    private final int limit;
    private final int batchSize;

    /**
     * Prepares a model for questions.
     *
     * @param prompts builds the conversations
     * @param limit the most tokens of an answer
     */
    ModelProvider(BatchModel model, ChatFormat format, SuitePrompts prompts, int limit, int batchSize) {
        super(prompts);
        this.model = model;
        this.format = format;
        this.limit = limit;
        this.batchSize = batchSize;
    }

    @Override
    int[] question(Conversation conversation) {
        return format.prompt(conversation);
    }

    @Override
    List<Response> answers(List<int[]> questions) {
        List<Answers.Answer> found =
                Answers.greedy(model, questions, limit, format.endTokenId(), batchSize, (answered, count) -> {});
        List<Response> responses = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            int[] answer = format.untilEnd(found.get(i).tokens());
            responses.add(new Response(
                    TextNode.valueOf(format.answer(answer)),
                    Math.round(1000 * found.get(i).seconds()),
                    null,
                    answer.length < limit ? "stop" : "length",
                    null,
                    new Response.Tokens(questions.get(i).length, answer.length)));
        }
        return responses;
    }
}
