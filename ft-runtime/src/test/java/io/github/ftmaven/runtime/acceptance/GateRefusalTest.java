package io.github.ftmaven.runtime.acceptance;

import static io.github.ftmaven.runtime.acceptance.Rules.confidence;
import static io.github.ftmaven.runtime.acceptance.Rules.drop;
import static io.github.ftmaven.runtime.acceptance.Rules.gain;
import static io.github.ftmaven.runtime.acceptance.Rules.maximum;
import static io.github.ftmaven.runtime.acceptance.Rules.minimum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.ComparisonSpec;
import io.github.ftmaven.runtime.spec.Limits;
import io.github.ftmaven.runtime.spec.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and scores that the gate refuses to judge. */
class GateRefusalTest extends GateRun {
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAMinimumThatIsNoNumber(double bound) {
        assertRefused(minimum("accuracy", bound), "acceptance[0]: The bound is " + bound + ". Write a finite number.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.01})
    void refusesAChangeOutOfRange(double bound) {
        String message = "acceptance[0]: The bound is " + bound + ". Write a finite number of at least 0.";
        assertRefused(gain("accuracy", "base", bound), message);
        assertRefused(drop("accuracy", "base", bound), message);
    }

    @Test
    void refusesARuleThatIsNone() {
        String message = "acceptance[0]: Set either minimum or maximum, or set over together with minimumGain or"
                + " maximumDrop.";
        assertRefused(Rules.of("accuracy", new Limits(null, null), new ComparisonSpec(null, null, null)), message);
        assertRefused(Rules.of("accuracy", new Limits(null, null), new ComparisonSpec("base", null, null)), message);
        assertRefused(Rules.of("accuracy", new Limits(null, null), new ComparisonSpec(null, 0.1, null)), message);
        assertRefused(Rules.of("accuracy", new Limits(0.1, null), new ComparisonSpec("base", null, null)), message);
        assertRefused(Rules.of("accuracy", new Limits(0.1, 0.2), new ComparisonSpec(null, null, null)), message);
        assertRefused(
                confidence(minimum("accuracy", 0.1), 1),
                "acceptance[0]: confidence is 1.0. Write a number above 0.5 and below 1.");
    }

    @Test
    void refusesWhatWasNotMeasuredAndNamesAllOfIt() {
        Scores tunedOnly = SampleScores.of(SampleScores.answers("tuned", 2, i -> true));
        assertThatThrownBy(() -> check(
                        List.of(minimum("accuracy", 0), minimum("acuracy", 0), gain("accuracy", "base", 0)), tunedOnly))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("""
                        acceptance[1]: The metric acuracy was not measured. Did you mean 'accuracy'? Measured were \
                        accuracy, macro-f1.
                        acceptance[2]: The model "base" was not evaluated, so its accuracy is unknown. Run ft:evaluate \
                        with it.""");
        assertThatThrownBy(() -> check(List.of(gain("accuracy", "best-baseline", 0)), tunedOnly))
                .hasMessageContaining("No baseline has the metric accuracy");
    }

    @Test
    void whatCannotBeComparedIsAnErrorThatSaysWhy() {
        Scores scores = suite(
                List.of(passing("tuned", 1)),
                List.of(new ScoreSet.Missing(
                        "base", "pass-rate", "it was not asked 1 of the 2 tests of ft:tuned: s:2")));
        assertThat(only(minimum("pass-rate", 1), scores).verdict()).isEqualTo(Verdict.PASS);
        assertThatThrownBy(() -> check(List.of(gain("pass-rate", "base", 0)), scores))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("acceptance[0]: The pass-rate of the model \"base\" cannot be compared: it was not asked 1"
                        + " of the 2 tests of ft:tuned: s:2.");
        assertThatThrownBy(() -> check(List.of(gain("pass-rate", "best-baseline", 0)), scores))
                .hasMessage("acceptance[0]: The metric pass-rate was not measured for base, few-shot 5, so it is not"
                        + " known which baseline is the best. Of base: it was not asked 1 of the 2 tests"
                        + " of ft:tuned: s:2."
                        + " Let the suite ask ft:base, ft:few-shot 5 everything that it asks ft:tuned.");
    }

    @Test
    void theBestBaselineIsNotKnownWhereOneWasNotMeasured() {
        Scores scores = suite(List.of(passing("tuned", 1), passing("base", 0)), List.of());
        assertThatThrownBy(() -> check(List.of(gain("pass-rate", "best-baseline", 0)), scores))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("acceptance[0]: The metric pass-rate was not measured for few-shot 5, so it is not"
                        + " known which baseline is the best. Let the suite ask ft:few-shot 5 everything that it asks"
                        + " ft:tuned, or"
                        + " write over: base.");
        assertThat(only(gain("accuracy", "best-baseline", 0), scores).against()).isEqualTo("few-shot 5");
        assertThat(only(gain("pass-rate", "base", 0), scores).against()).isEqualTo("base");
        ScoreSet task =
                new ScoreSet("capitals", SampleScores.TEST_DIGEST, List.of(capitals("tuned"), capitals("base")));
        assertThatThrownBy(() -> check(
                        List.of(gain("capitals/acc", "best-baseline", 0)),
                        new Scores(SampleScores.ARTIFACT_DIGEST, List.of(BETTER.test(), task))))
                .hasMessage("acceptance[0]: The metric capitals/acc was not measured for few-shot 5, so it is not"
                        + " known which baseline is the best. Write over: base.");
    }

    @Test
    void aBaseThatIsNoBaselineOfTheTestSetIsNotOneOfItsBest() {
        Scores scores = new Scores(
                SampleScores.ARTIFACT_DIGEST,
                List.of(
                        SampleScores.of(
                                        SampleScores.answers("tuned", 10, i -> true),
                                        SampleScores.answers("few-shot 5", 10, i -> true))
                                .test(),
                        new ScoreSet(
                                "capitals", SampleScores.TEST_DIGEST, List.of(capitals("tuned"), capitals("base")))));
        assertThat(only(gain("accuracy", "best-baseline", 0), scores).against()).isEqualTo("few-shot 5");
    }

    @Test
    void refusesAMetricThatItsItemsDoNotGive() {
        ProviderScores right = SampleScores.answers("tuned", 4, i -> i < 2);
        ProviderScores damaged = new ProviderScores("tuned", Map.of("accuracy", 0.9), right.items());
        assertThatThrownBy(() -> check(List.of(minimum("accuracy", 0.8)), SampleScores.of(damaged)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("acceptance[0]: The accuracy of \"tuned\" is recorded as 0.9, but its items give 0.5: the"
                        + " scores are damaged. Run ft:evaluate again.");
        ProviderScores incomplete = new ProviderScores("tuned", Map.of("latency", 0.9), right.items());
        assertThatThrownBy(() -> check(List.of(maximum("latency", 1)), SampleScores.of(incomplete)))
                .hasMessage("acceptance[0]: The latency of \"tuned\" cannot be recomputed from its items: the scores"
                        + " are incomplete. Run ft:evaluate again.");
    }

    @Test
    void refusesScoresOfAnotherBuild() {
        String other = "0".repeat(64);
        Gate.requireCurrent(BETTER, SampleScores.TEST_DIGEST, SampleScores.ARTIFACT_DIGEST);
        assertThatThrownBy(() -> Gate.requireCurrent(BETTER, SampleScores.TEST_DIGEST, other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The scores were measured on a different artifact (sha256 fedcba987654) than this build's"
                        + " (000000000000). Run ft:evaluate again.");
        assertThatThrownBy(() -> Gate.requireCurrent(BETTER, other, SampleScores.ARTIFACT_DIGEST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a different test set (sha256 0123456789ab)");
    }

    @Test
    void refusesScoresOfOtherQuestionsThanThoseOfTheTestSet() {
        List<Example> test = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            test.add(new Example("t:" + i, List.of(), null, Map.of("lang", i % 4 < 2 ? "de" : "fr")));
        }
        Gate.requireComplete(BETTER, test);
        List<Example> more = new ArrayList<>(test);
        more.add(test.get(0));
        assertThatThrownBy(() -> Gate.requireComplete(BETTER, more))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The scores cover 200 test questions, but the test set has 201: the scores are incomplete."
                        + " Run ft:evaluate again.");
        for (Example other : List.of(
                new Example("t:8", List.of(), null, Map.of("lang", "fr")),
                new Example("t:7", List.of(), null, Map.of("lang", "de")))) {
            List<Example> others = new ArrayList<>(test);
            others.set(7, other);
            assertThatThrownBy(() -> Gate.requireComplete(BETTER, others))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The scores have the question t:7, but the test set has " + other.source()
                            + ", or its metadata differs. Run ft:evaluate again.");
        }
    }

    /** Whoever edits a score and leaves the answer is found out. */
    @Test
    void refusesScoresThatTheAnswersDoNotGive() {
        Gate.requireAsAnswered(BETTER);
        List<Metric> metrics = List.of(Metric.ROUGE_1, Metric.ROUGE_L, Metric.JSON_VALID, Metric.JSON_FIELD_F1);
        ItemScore honest = Metrics.item(metrics, "t:1", "{\"a\": 1, \"b\": 2}", "{\"a\": 1}");
        Gate.requireAsAnswered(only(honest, honest.scores()));
        Map<String, Double> rejected = new TreeMap<>(honest.scores());
        rejected.put("json-valid", 0.0); // JSON, and a schema does not accept it
        Gate.requireAsAnswered(only(honest, rejected));
        for (String metric : List.of("accuracy", "rouge-1", "rouge-l", "json-field-f1")) {
            Map<String, Double> edited = new TreeMap<>(honest.scores());
            edited.put(metric, 1.0);
            assertThatThrownBy(() -> Gate.requireAsAnswered(only(honest, edited)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The " + metric + " of \"tuned\" on t:1 is recorded as 1.0, which does not follow"
                            + " from its answer: the scores are damaged. Run ft:evaluate again.");
        }
        ItemScore prose = Metrics.item(metrics, "t:1", "{}", "no JSON");
        Map<String, Double> edited = new TreeMap<>(prose.scores());
        edited.put("json-valid", 1.0);
        assertThatThrownBy(() -> Gate.requireAsAnswered(only(prose, edited)))
                .hasMessageContaining("The json-valid of \"tuned\" on t:1 is recorded as 1.0");
    }

    private static ProviderScores passing(String provider, double passes) {
        return SampleScores.provider(provider, Map.of("pass-rate", passes));
    }

    private static ProviderScores capitals(String provider) {
        return SampleScores.provider(provider, Map.of("capitals/acc", 1.0));
    }

    /** Tuned, base and few-shot 5 answered the test set, and some of them a suite. */
    private static Scores suite(List<ProviderScores> providers, List<ScoreSet.Missing> missing) {
        ScoreSet suite = new ScoreSet(ScoreSet.SUITE, SampleScores.TEST_DIGEST, providers, missing);
        return new Scores(SampleScores.ARTIFACT_DIGEST, List.of(BETTER.test(), suite));
    }
}
