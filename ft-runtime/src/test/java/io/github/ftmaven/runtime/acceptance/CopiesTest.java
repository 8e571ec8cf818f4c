package io.github.ftmaven.runtime.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.Copies;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Metric;
import io.github.ftmaven.runtime.spec.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of a test item are no evidence. */
class CopiesTest {
    private static final List<Metric> METRICS = List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.ROUGE_L, Metric.BLEU);

    /** Items of a model, each asked {@code copies} times, that is right with a probability. */
    private static List<ItemScore> items(int questions, int copies, double right, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ItemScore> items = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();
        for (int q = 0; q < questions; q++) {
            String expected = q % 3 == 0 ? "red stones lie deep" : "blue rivers run wide";
            String wrong = random.nextBoolean() ? "blue stones lie wide" : "red rivers run deep";
            String answer = random.nextDouble() < right ? expected : wrong;
            for (int copy = 0; copy < copies; copy++) {
                items.add(Metrics.item(METRICS, "t.jsonl:" + (q * copies + copy), expected, answer));
                asked.add(q);
            }
        }
        return Copies.mark(items, asked);
    }

    private static ProviderScores provider(String name, List<ItemScore> items) {
        return new ProviderScores(name, Metrics.compute(METRICS, items), items);
    }

    private static Scores scores(int questions, int copies, long seed) {
        return SampleScores.of(
                provider("base", items(questions, copies, 0.5, seed)),
                provider("tuned", items(questions, copies, 0.7, seed + 1)));
    }

    private static RuleResult judged(Rule rule, Scores scores) {
        return Gate.check(List.of(rule), scores, null).rules().get(0);
    }

    private static List<Rule> rules(String metric) {
        return List.of(
                Rules.confidence(Rules.minimum(metric, 0.6), 0.95),
                Rules.gain(metric, "base", 0.0),
                Rules.drop(metric, "base", 0.05));
    }

    @ParameterizedTest
    @CsvSource({"accuracy, 2", "accuracy, 40", "rouge-l, 3", "macro-f1, 3", "bleu, 2"})
    void askingEachQuestionSeveralTimesChangesNothing(String metric, int copies) {
        for (long seed = 1; seed < 3; seed++) {
            Scores once = scores(30, 1, seed);
            Scores often = scores(30, copies, seed);
            for (Rule rule : rules(metric)) {
                RuleResult one = judged(rule, once);
                RuleResult many = judged(rule, often);
                assertThat(many.significance().p())
                        .as(rule.toString())
                        .isEqualTo(one.significance().p());
                assertThat(many.estimate().interval()).isEqualTo(one.estimate().interval());
                assertThat(many.estimate().value()).isEqualTo(one.estimate().value());
                assertThat(many.verdict()).isEqualTo(one.verdict());
                assertThat(many.message())
                        .contains(String.format(Locale.ROOT, "%,d items", 30 * copies)
                                + " ask 30 questions, each of which counts once.");
                assertThat(one.message()).doesNotContain("questions");
            }
        }
    }

    @Test
    void fortyCopiesOfOneRowAreOneQuestion() {
        ProviderScores base = provider("base", items(1, 40, 0, 1));
        ProviderScores tuned = provider("tuned", items(1, 40, 1, 1));
        RuleResult gained = judged(Rules.gain("accuracy", "base", 0.0), SampleScores.of(base, tuned));
        assertThat(gained.significance().p()).isEqualTo(0.5);
        assertThat(gained.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        RuleResult least = judged(Rules.confidence(Rules.minimum("accuracy", 0.8), 0.95), SampleScores.of(base, tuned));
        assertThat(least.significance().p()).isEqualTo(0.8);
        assertThat(least.message()).contains("40 items ask 1 question, each of which counts once.");
    }

    @Test
    void copiesOfWhatIsKnownDoNotHideWhatIsNot() {
        List<ItemScore> items = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int question = i < 90 ? 0 : i;
            items.add(Metrics.item(METRICS, "t.jsonl:" + i, "a", question == 0 ? "a" : "b"));
            asked.add(question);
        }
        RuleResult result =
                judged(Rules.minimum("accuracy", 0.5), SampleScores.of(provider("tuned", Copies.mark(items, asked))));
        assertThat(result.estimate().value()).isEqualTo(1 / 11.0, within(1e-9));
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void copiesThatAreAnsweredOtherwiseCountAsTheirMean() {
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            items.add(Metrics.item(METRICS, "t.jsonl:" + i, "a", i == 1 ? "b" : "a"));
        }
        List<ItemScore> marked = Copies.mark(items, List.of("q", "q", "r", "s"));
        assertThat(Questions.of(marked).means(new double[] {1, 0, 1, 1})).containsExactly(0.5, 1, 1);
        assertThat(Questions.value("accuracy", marked).orElseThrow()).isEqualTo(2.5 / 3);
        assertThat(Evidences.metric("accuracy", marked).size()).isEqualTo(3);
    }

    @Test
    void aSliceThatLacksTheFirstCopyCountsTheOthersOnce() {
        List<ItemScore> marked = items(2, 3, 1, 5);
        assertThat(Questions.of(marked.subList(1, 6)).count()).isEqualTo(2);
        assertThat(Questions.of(marked.subList(1, 6)).first(marked.subList(1, 6)))
                .extracting(ItemScore::id)
                .containsExactly("t.jsonl:1", "t.jsonl:3");
    }

    @Test
    void groupsAreOfQuestions() {
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            items.add(Metrics.item(METRICS, "t:" + i, "a", "a", Map.of(), Map.of("group", "g" + i / 4)));
        }
        assertThat(Evidences.metric("accuracy", Copies.mark(items, List.of(1, 1, 2, 2, 3, 3)))
                        .size())
                .isEqualTo(2);
        assertThat(new ScoreSet("test", SampleScores.TEST_DIGEST, List.of(provider("tuned", items))).questions())
                .isEqualTo(6);
    }
}
