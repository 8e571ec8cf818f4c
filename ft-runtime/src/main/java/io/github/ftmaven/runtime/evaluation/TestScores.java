package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.PromptKey;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.Copies;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.spec.Metric;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores the answers to the test set.
 *
 * @param test the questions with their expected answers
 * @param schema the schema for the metric {@code json-valid}; null if the spec does not name one
 */
record TestScores(Job job, List<Example> test, @Nullable AnswerSchema schema) {
    /**
     * The answer to one question.
     *
     * @param expected the right answer
     * @param answer the model's answer
     * @param tokens the tokens of the model's answer
     * @param seconds the time until it was whole
     * @param losses the loss of the right answer and its tokens; empty if no metric needs them
     */
    record Given(String expected, String answer, long tokens, double seconds, Map<String, Double> losses) {}

    /**
     * The scores of a model.
     *
     * @param provider the model's name in scores
     * @param given its answers in the order of the questions
     */
    ProviderScores of(String provider, List<Given> given) {
        List<Metric> metrics = job.spec().evaluation().metrics();
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            Given one = given.get(i);
            Map<String, Double> measured = new LinkedHashMap<>(one.losses());
            measured.putAll(measured(one));
            items.add(Metrics.item(
                    metrics,
                    test.get(i).source(),
                    one.expected(),
                    one.answer(),
                    measured,
                    test.get(i).metadata()));
        }
        Sameness sameness = job.spec().dataset().leaks().sameQuestion();
        List<PromptKey> asked =
                test.stream().map(example -> PromptKey.of(example, sameness)).toList();
        return new ProviderScores(provider, Metrics.compute(metrics, items), Copies.mark(items, asked));
    }

    /** The measurements of an answer that the metrics need. */
    private Map<String, Double> measured(Given given) {
        List<Metric> metrics = job.spec().evaluation().metrics();
        Map<String, Double> measured = new LinkedHashMap<>();
        if (metrics.contains(Metric.JSON_VALID) && schema != null) {
            measured.put(Metrics.name(Metric.JSON_VALID), schema.accepts(given.answer()) ? 1.0 : 0.0);
        }
        if (metrics.contains(Metric.ANSWER_TOKENS)) {
            measured.put(Metrics.name(Metric.ANSWER_TOKENS), (double) given.tokens());
        }
        if (metrics.contains(Metric.LATENCY)) {
            measured.put(Metrics.name(Metric.LATENCY), given.seconds());
        }
        return measured;
    }
}
