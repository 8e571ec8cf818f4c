package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Rules;
import io.github.ftmaven.runtime.acceptance.Verdict;
import io.github.ftmaven.runtime.adapter.AdapterJars;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Metric;
import io.github.ftmaven.runtime.spec.Rule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EveryLocale
class SealingTest {
    @TempDir
    Path directory;

    @Test
    void leavesOutWhatTheClockHasAPartIn() throws Exception {
        assertThat(files(0.25)).isEqualTo(files(0.75));
        assertThat(files(0.25).values()).noneMatch(text -> text.contains("latency"));
    }

    /** Another latency, and its rule has another p-value: too small for a correction, then as large as can be. */
    @Test
    void theClockHasNoPartInTheCorrectionOfOtherRules() throws Exception {
        Map<String, String> fast = judged(0.25);
        Map<String, String> slow = judged(0.75);
        assertThat(slow).isEqualTo(fast);
        assertThat(fast.get("evaluation/summary.json"))
                .contains("\"adjustedP\"")
                .doesNotContain("latency");
    }

    /** What is sealed where the gate judged 20 items that took about so long. */
    private Map<String, String> judged(double seconds) throws Exception {
        Path jar = AdapterJars.write(directory.resolve("a.jar"), Map.of("README.md", "# Card\n"));
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "a.jar")) {
            List<ItemScore> tuned = new ArrayList<>();
            List<ItemScore> base = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Map<String, Double> took = Map.of("latency", seconds + i / 1000.0);
                tuned.add(Metrics.item(List.of(), "t:" + i, "yes", i < 18 ? "yes" : "no", took, Map.of()));
                base.add(Metrics.item(List.of(), "t:" + i, "yes", i < 10 ? "yes" : "no", took, Map.of()));
            }
            Scores scores = new Scores(
                    adapter.trainedDigest(),
                    SampleScores.of(provider("tuned", tuned), provider("base", base))
                            .sets());
            GateResult gate = Gate.check(
                    List.of(
                            Rules.gain("accuracy", "base", 0),
                            Rules.confidence(Rules.minimum("accuracy", 0.5), 0.95),
                            Rules.warns(Rules.confidence(Rules.maximum("latency", 0.5), 0.95))),
                    scores,
                    null);
            assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
            return texts(Sealing.files(adapter, "card", "g:a:1.0", scores, gate, null));
        }
    }

    private static ProviderScores provider(String name, List<ItemScore> items) {
        return new ProviderScores(name, Metrics.compute(List.of(Metric.ACCURACY, Metric.LATENCY), items), items);
    }

    @Test
    void theCardShowsMetricsAndRules() throws Exception {
        assertThat(files(0.25).get("README.md")).isEqualTo("""
                # Card

                <!-- Added by ft:check -->

                ## Evaluation

                | metric | base | tuned | gain |
                |---|--:|--:|--:|
                | accuracy | 0.5000 | 1.0000 | +0.5000 |

                On 1 test question; every answer is in `evaluation/scores.json`.

                It was accepted by these rules:

                - Good.

                These rules were unmet or inconclusive, and only warn:

                - **FAIL** Bad.
                - **INCONCLUSIVE** Perhaps.
                """);
    }

    private Map<String, String> files(double seconds) throws Exception {
        Path jar = AdapterJars.write(directory.resolve("a.jar"), Map.of("README.md", "# Card\n"));
        GateResult gate = new GateResult(
                Verdict.PASS,
                List.of(
                        result(Rules.minimum("accuracy", 2), 1, Verdict.FAIL, "Bad."),
                        result(Rules.gain("accuracy", "base", 0.1), 0.5, Verdict.PASS, "Good."),
                        result(Rules.gain("accuracy", "base", 0.5), 0.5, Verdict.INCONCLUSIVE, "Perhaps."),
                        result(Rules.maximum("latency", 1), seconds, Verdict.PASS, "Fast.")),
                List.of());
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "a.jar")) {
            Scores scores = new Scores(
                    adapter.trainedDigest(),
                    SampleScores.of(provider("tuned", 1, seconds), provider("base", 0.5, seconds))
                            .sets());
            return texts(Sealing.files(adapter, "card", "g:a:1.0", scores, gate, null));
        }
    }

    private static Map<String, String> texts(SortedMap<String, byte[]> files) {
        return files.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> new String(file.getValue(), StandardCharsets.UTF_8)));
    }

    private static RuleResult result(Rule rule, double value, Verdict verdict, String message) {
        return new RuleResult(
                rule,
                null,
                1,
                new RuleResult.Estimate(value, 0.1, null),
                new RuleResult.Significance(null, null, null),
                verdict,
                false,
                message);
    }

    private static ProviderScores provider(String name, double accuracy, double seconds) {
        return new ProviderScores(
                name,
                Map.of("accuracy", accuracy, "latency", seconds),
                List.of(new ItemScore("t:1", "yes", "no", Map.of("accuracy", accuracy, "latency", seconds))));
    }
}
