package io.github.ftmaven.runtime.scores;

import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.spec.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Small evaluations for tests. */
public final class SampleScores {
    public static final String TEST_DIGEST = "0123456789abcdef".repeat(4);
    public static final String ARTIFACT_DIGEST = "fedcba9876543210".repeat(4);

    private SampleScores() {}

    public static Scores of(ProviderScores... providers) {
        return new Scores(ARTIFACT_DIGEST, List.of(new ScoreSet(ScoreSet.TEST, TEST_DIGEST, List.of(providers))));
    }

    /** One item, answered wrongly, under the given metrics, which are its scores too. */
    public static ProviderScores provider(String name, Map<String, Double> metrics) {
        return new ProviderScores(name, metrics, List.of(new ItemScore("t:1", "yes", "no", metrics)));
    }

    /** Items that expect {@code yes} and {@code no} by turns, of the languages de and fr, and whether they are right. */
    public static ProviderScores answers(String name, int items, IntPredicate right) {
        List<ItemScore> answers = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            String expected = i % 2 == 0 ? "yes" : "no";
            answers.add(Metrics.item(
                    List.of(),
                    "t:" + i,
                    expected,
                    right.test(i) ? expected : "perhaps",
                    Map.of(),
                    Map.of("lang", i % 4 < 2 ? "de" : "fr")));
        }
        return new ProviderScores(name, Metrics.compute(List.of(Metric.ACCURACY, Metric.MACRO_F1), answers), answers);
    }

    public static Scores accuracy(double base, double tuned) {
        return of(
                provider(ProviderScores.TUNED, Map.of("accuracy", tuned)),
                provider(ProviderScores.BASE, Map.of("accuracy", base)));
    }
}
