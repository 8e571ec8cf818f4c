package io.github.ftmaven.runtime.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.suite.Provider;
import io.github.ftmaven.runtime.suite.ProviderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A model of the evaluation as a suite's provider: it answers each prompt once, and all that are known in advance together.
 *
 * @param <Q> a question as the model takes it
 */
abstract class PreparedProvider<Q> implements Provider {
    private final SuitePrompts prompts;
    private final Map<String, Response> answers = new HashMap<>();

    PreparedProvider(SuitePrompts prompts) {
        this.prompts = prompts;
    }

    /**
     * A conversation as the model takes it.
     *
     * @throws InvalidInputException if the model cannot take it
     */
    abstract Q question(Conversation conversation);

    /** Answers questions; the answers have their order. */
    abstract List<Response> answers(List<Q> questions);

    @Override
    public void prepare(List<String> texts) {
        List<String> wanted = new ArrayList<>();
        List<Q> questions = new ArrayList<>();
        for (String prompt : new LinkedHashSet<>(texts)) {
            try {
                questions.add(question(prompts.conversation(prompt)));
                wanted.add(prompt);
            } catch (InvalidInputException e) {
                // Told when it is asked.
            }
        }
        List<Response> found = answers(questions);
        for (int i = 0; i < wanted.size(); i++) {
            answers.put(wanted.get(i), found.get(i));
        }
    }

    @Override
    public Response ask(String prompt, ObjectNode vars) throws ProviderException {
        Response answer = answers.get(prompt);
        if (answer == null) {
            answer = answers(List.of(asked(prompt))).get(0);
            answers.put(prompt, answer);
        }
        return answer;
    }

    private Q asked(String prompt) throws ProviderException {
        try {
            return question(prompts.conversation(prompt));
        } catch (InvalidInputException e) {
            throw new ProviderException(String.valueOf(e.getMessage()));
        }
    }
}
