package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.generation.Answers;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.generation.Likelihoods;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.spec.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The test set, prepared for one model after another.
 *
 * @param test the examples whose last answer the models should give
 * @param limit the most tokens of an answer
 * @param schema the schema for the metric {@code json-valid}; null if the spec does not name one
 * @param subject the model under evaluation, for messages
 * @param events receives progress, and warnings about truncated answers
 */
record TestQuestions(
        Job job,
        ChatFormat format,
        List<Example> test,
        int limit,
        @Nullable AnswerSchema schema,
        String subject,
        Events events) {
    /**
     * Puts every question to one model.
     *
     * @param provider the model's name in scores
     * @param asking builds the prompt of a question, alone or with a prompt and examples
     * @throws InvalidInputException if a question and its answer exceed the model's context
     */
    ProviderScores ask(String provider, BatchModel model, UnaryOperator<Conversation> asking) {
        List<int[]> prompts = test.stream()
                .map(example -> format.prompt(asking.apply(example.prompt())))
                .toList();
        requireRoom(provider, prompts);
        long start = System.nanoTime();
        List<Answers.Answer> answers = Answers.greedy(
                model,
                prompts,
                limit,
                format.endTokenId(),
                job.spec().evaluation().answers().batchSize(),
                (answered, tokens) -> {
                    double seconds = (System.nanoTime() - start) / 1e9;
                    events.progress(new Event.Progress(
                            "Evaluating " + provider,
                            answered,
                            prompts.size(),
                            null,
                            tokens == null ? null : tokens / seconds,
                            seconds / answered * (prompts.size() - answered)));
                });
        warnOfUnfinishedReasoning(provider, answers);
        List<Map<String, Double>> losses = losses(model, asking);
        List<TestScores.Given> given = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            int[] tokens = answers.get(i).tokens();
            given.add(new TestScores.Given(
                    format.expected(test.get(i).conversation()),
                    format.answer(tokens),
                    format.untilEnd(tokens).length,
                    answers.get(i).seconds(),
                    losses.get(i)));
        }
        return new TestScores(job, test, schema).of(provider, given);
    }

    /** Scores of a model that was cut off before it answered reveal little about its knowledge. */
    private void warnOfUnfinishedReasoning(String provider, List<Answers.Answer> answers) {
        long unfinished = answers.stream()
                .filter(answer -> format.isReasoning(answer.tokens()))
                .count();
        if (unfinished > 0) {
            events.warn(provider + ": " + unfinished + " of " + Counted.of(answers.size(), "answer")
                    + (unfinished == 1 ? " was" : " were") + " cut off after " + Counted.of(limit, "token")
                    + " while the model was still reasoning, which counts as wrong. Raise evaluation.maxNewTokens, or"
                    + " ask for answers without reasoning, as many templates do with dataset.templateArguments:"
                    + " {enable_thinking: false}.");
        }
    }

    /** The loss of each expected answer and its tokens, if a metric needs them. */
    private List<Map<String, Double>> losses(BatchModel model, UnaryOperator<Conversation> asking) {
        if (!job.spec().evaluation().metrics().contains(Metric.PERPLEXITY)) {
            return Collections.nCopies(test.size(), Map.of());
        }
        List<TokenSequence> expected = new ArrayList<>();
        for (Example example : test) {
            Conversation asked = asking.apply(example.prompt());
            List<Message> messages = new ArrayList<>(asked.messages());
            messages.add(example.messages().get(example.messages().size() - 1));
            expected.add(format.lastAnswer(new Conversation(messages, asked.tools())));
        }
        double[] losses = Likelihoods.losses(model, expected);
        List<Map<String, Double>> measured = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            Map<String, Double> own = new LinkedHashMap<>();
            own.put(Metrics.LOSS, losses[i]);
            own.put(Metrics.TOKENS, (double) expected.get(i).supervisedCount());
            measured.add(own);
        }
        return measured;
    }

    /** A model cannot read beyond its positions. */
    private void requireRoom(String provider, List<int[]> prompts) {
        long most = job.base().architecture().rope().maxPositions();
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(0);
        if (longest + limit > most) {
            boolean asIs = provider.equals(subject) || provider.equals(ProviderScores.BASE);
            throw new InvalidInputException((asIs ? "dataset.test: " : "evaluation.baselines: with " + provider + " ")
                    + "the longest question has " + Counted.of(longest, "token")
                    + ", and with an answer of " + limit
                    + " that is more than the " + most + " that the model reads. "
                    + (asIs
                            ? "Shorten it, or lower evaluation.maxNewTokens."
                            : "Show fewer examples, or a shorter prompt."));
        }
    }
}
