package io.github.ftmaven.runtime.scores;

import java.util.List;
import java.util.Map;

/** Small evaluations for tests. */
public final class SampleScores {
    public static final String TEST_DIGEST = "0123456789abcdef".repeat(4);
    public static final String ARTIFACT_DIGEST = "fedcba9876543210".repeat(4);

    private SampleScores() {}

    public static Scores of(ProviderScores... providers) {
        return new Scores(ARTIFACT_DIGEST, List.of(new ScoreSet(ScoreSet.TEST, TEST_DIGEST, List.of(providers))));
    }

    /** One item, answered wrongly, under the given metrics. */
    public static ProviderScores provider(String name, Map<String, Double> metrics) {
        return new ProviderScores(name, metrics, List.of(new ItemScore("t:1", "yes", "no", Map.of("accuracy", 0.0))));
    }

    public static Scores accuracy(double base, double tuned) {
        return of(
                provider(ProviderScores.TUNED, Map.of("accuracy", tuned)),
                provider(ProviderScores.BASE, Map.of("accuracy", base)));
    }
}
