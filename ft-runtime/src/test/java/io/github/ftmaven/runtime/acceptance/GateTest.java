package io.github.ftmaven.runtime.acceptance;

import static io.github.ftmaven.runtime.acceptance.Rules.confidence;
import static io.github.ftmaven.runtime.acceptance.Rules.drop;
import static io.github.ftmaven.runtime.acceptance.Rules.gain;
import static io.github.ftmaven.runtime.acceptance.Rules.inconclusive;
import static io.github.ftmaven.runtime.acceptance.Rules.maximum;
import static io.github.ftmaven.runtime.acceptance.Rules.minimum;
import static io.github.ftmaven.runtime.acceptance.Rules.warns;
import static io.github.ftmaven.runtime.acceptance.Rules.where;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.OnInconclusive;
import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gate decides of scores that can be judged. */
class GateTest extends GateRun {
    private static final String TONE = "suite/tone";
    private static final Pattern MINIMUM = Pattern.compile("suite/tone is (\\S+), .* the minimum (\\S+)\\.");

    /** 200 items: released right on 150, tuned on 146; 8 fixed and 12 broken. */
    private static final Scores SLIGHTLY_WORSE = SampleScores.of(
            SampleScores.answers("tuned", 200, i -> i >= 12 && i < 158),
            SampleScores.answers("released", 200, i -> i < 150));

    @Test
    void withoutRulesNothingIsJudgedAndItSaysSo() {
        GateResult result = check(List.of(), BETTER);
        assertThat(result.verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(result.verdict().word()).isEqualTo("NOT JUDGED");
        assertThat(result.message()).isEqualTo("There are no acceptance rules: any quality is accepted.");
    }

    @Test
    void appliesEveryRuleAlsoAfterOneThatFails() {
        GateResult result = check(
                List.of(minimum("accuracy", 0.9), gain("accuracy", "base", 0.05), minimum("accuracy", 0.7)), BETTER);
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message()).isEqualTo("1 of 3 acceptance rules not met.");
        assertThat(result.rules())
                .extracting(RuleResult::message)
                .containsExactly(
                        "accuracy is 0.7500, below the minimum 0.90.",
                        "accuracy gains 0.1500 over base (0.6000 to 0.7500), at least the minimum gain 0.05.",
                        "accuracy is 0.7500, at least the minimum 0.70.");
        assertThat(result.rules())
                .extracting(RuleResult::verdict)
                .containsExactly(Verdict.FAIL, Verdict.PASS, Verdict.PASS);
        assertThat(result.failures()).containsExactly(result.rules().get(0));
    }

    /** The table of docs/acceptance.md. */
    @ParameterizedTest
    @CsvSource({
        // A gain: missed, reached and not sure, sure.
        "gain, 0.16, FAIL, true",
        "gain, 0.14, INCONCLUSIVE, false",
        "gain, 0.05, PASS, false",
        // The same, where doubt fails.
        "strict gain, 0.14, INCONCLUSIVE, true",
        "strict gain, 0.05, PASS, false",
        // A drop of 0.02: within, past and not sure.
        "drop, 0.02, PASS, false",
        "drop, 0.01, INCONCLUSIVE, true",
        "lenient drop, 0.01, INCONCLUSIVE, false",
        // Where the rule only warns.
        "warning gain, 0.16, FAIL, false",
        "warning drop, 0.01, INCONCLUSIVE, false",
    })
    void decides(String kind, double bound, Verdict verdict, boolean fails) {
        Rule rule = switch (kind) {
            case "gain" -> gain("accuracy", "base", bound);
            case "strict gain" -> inconclusive(gain("accuracy", "base", bound), OnInconclusive.FAIL);
            case "drop" -> drop("accuracy", "released", bound);
            case "lenient drop" -> inconclusive(drop("accuracy", "released", bound), OnInconclusive.WARN);
            case "warning gain" -> warns(gain("accuracy", "base", bound));
            default -> warns(drop("accuracy", "released", bound));
        };
        GateResult result = check(List.of(rule), kind.endsWith("gain") ? BETTER : SLIGHTLY_WORSE);
        assertThat(result.rules()).extracting(RuleResult::verdict).containsExactly(verdict);
        assertThat(result.rules()).extracting(RuleResult::failsBuild).containsExactly(fails);
        assertThat(result.verdict())
                .isEqualTo(fails ? Verdict.FAIL : kind.startsWith("warning") ? Verdict.NOT_JUDGED : Verdict.PASS);
    }

    @Test
    void rulesThatOnlyWarnJudgeNothing() {
        Rule warns = warns(minimum("accuracy", 0.7));
        GateResult result = check(List.of(warns), BETTER);
        assertThat(result.verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(result.message()).isEqualTo("No acceptance rule can fail the build: 1 acceptance rule met.");
        assertThat(check(List.of(warns, minimum("accuracy", 0.7)), BETTER).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void rulesThatEveryModelMeetsJudgeNothing() {
        for (Rule rule : List.of(minimum("accuracy", 0), maximum("accuracy", 1), drop("accuracy", "base", 1))) {
            GateResult result = check(List.of(rule), BETTER);
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_JUDGED);
            assertThat(result.alwaysMet()).hasSize(1);
            assertThat(check(List.of(rule, minimum("accuracy", 0.7)), BETTER).verdict())
                    .isEqualTo(Verdict.PASS);
        }
        assertThat(check(List.of(minimum("accuracy", 0)), BETTER).alwaysMet())
                .containsExactly(
                        "Every model meets accuracy: minimum 0.00, because it is never below 0. The rule cannot"
                                + " fail; set a bound that a model can miss.");
        assertThat(check(List.of(minimum("accuracy", 0.001), drop("accuracy", "base", 0)), BETTER)
                        .alwaysMet())
                .isEmpty();
    }

    @Test
    void aDropPastTheToleranceThatIsSureFails() {
        Scores worse = SampleScores.of(
                SampleScores.answers("tuned", 200, i -> i >= 40 && i < 155),
                SampleScores.answers("released", 200, i -> i < 150));
        RuleResult result = only(drop("accuracy", "released", 0.01), worse);
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message())
                .startsWith("accuracy drops 0.1750 from released (0.7500 to 0.5750), more than the maximum drop 0.01."
                        + " That is not chance (p = ");
        assertThat(result.estimate().value()).isEqualTo(-0.175);
        assertThat(result.estimate().bound()).isEqualTo(-0.01);
    }

    @Test
    void saysHowUnsureItIsAndWhatWouldDecide() {
        RuleResult result = only(drop("accuracy", "released", 0.01), SLIGHTLY_WORSE);
        assertThat(result.message())
                .matches("accuracy drops 0\\.0200 from released \\(0\\.7500 to 0\\.7300\\), more than the maximum drop"
                        + " 0\\.01\\. That may be chance \\(p = 0\\.\\d+\\): 200 items show a difference of 0\\.05\\d\\d"
                        + " from the bound four times in five; about 6,200 items like these would decide\\. The rule"
                        + " fails the build \\(onInconclusive: fail\\)\\.");
        assertThat(result.significance().itemsNeeded()).isEqualTo(6200);
        Interval interval = requireNonNull(result.estimate().interval());
        assertThat(interval.low()).isLessThan(-0.02);
        assertThat(interval.high()).isGreaterThan(-0.01);
        assertThat(only(drop("accuracy", "released", 0.03), SLIGHTLY_WORSE).message())
                .startsWith("accuracy drops 0.0200 from released (0.7500 to 0.7300), within the maximum drop 0.03."
                        + " A drop of 0.05")
                .endsWith(" cannot be excluded with these items.");
        assertThat(only(gain("accuracy", "base", 0.15), BETTER).message())
                .contains("no number of items would decide: the estimate equals the bound. The rule warns.");
    }

    @Test
    void confidenceWantsTheBoundOfTheInterval() {
        Scores scores = SampleScores.of(SampleScores.answers("tuned", 100, i -> i < 95));
        assertThat(only(minimum("accuracy", 0.9), scores).verdict()).isEqualTo(Verdict.PASS);
        assertThat(only(minimum("accuracy", 0.9), scores).significance().p()).isNull();
        RuleResult sure = only(confidence(minimum("accuracy", 0.9), 0.95), scores);
        assertThat(sure.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(sure.failsBuild()).isTrue();
        assertThat(requireNonNull(sure.estimate().interval()).low()).isCloseTo(0.8977, within(1e-4));
        assertThat(only(confidence(minimum("accuracy", 0.89), 0.95), scores).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(only(confidence(minimum("accuracy", 0.96), 0.95), scores).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(only(confidence(maximum("accuracy", 0.99), 0.95), scores).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void aMaximumIsRoundedUpWhenItIsPrinted() {
        Scores scores = SampleScores.of(SampleScores.provider("tuned", Map.of("latency", 0.25001)));
        assertThat(only(maximum("latency", 0.25), scores).message())
                .isEqualTo("latency is 0.2501, above the maximum 0.25.");
        assertThat(only(maximum("latency", 0.3), scores).message())
                .isEqualTo("latency is 0.2501, at most the maximum 0.30.");
    }

    @Test
    void lowerIsBetterTurnsGainsAround() {
        Scores scores = SampleScores.of(latency("tuned", 0.5), latency("base", 1.0), latency("released", 0.4));
        RuleResult gain = only(gain("latency", "base", 0.3), scores);
        assertThat(gain.verdict()).isEqualTo(Verdict.PASS);
        assertThat(gain.message())
                .startsWith("latency gains 0.5000 over base (")
                .contains(", lower is better)");
        RuleResult drop = only(drop("latency", "released", 0.05), scores);
        assertThat(drop.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(drop.message()).startsWith("latency drops 0.1000 from released (");
    }

    @Test
    void theBestBaselineIsNamedAndEveryBaselineCounts() {
        RuleResult gain = only(gain("accuracy", "best-baseline", 0), BETTER);
        assertThat(gain.against()).isEqualTo("few-shot 5");
        assertThat(gain.message())
                .startsWith("accuracy gains 0.0200 over the best baseline few-shot 5 (0.7300 to 0.7500)");
        assertThat(gain.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        // The p-value over the best of two is that over the harder of the two.
        assertThat(gain.significance().p())
                .isEqualTo(only(gain("accuracy", "few-shot 5", 0), BETTER)
                        .significance()
                        .p());
        // To have dropped below either is to have dropped below the best: looked at twice.
        RuleResult drop = only(drop("accuracy", "best-baseline", 0), BETTER);
        assertThat(drop.significance().p()).isEqualTo(1);
        assertThat(drop.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void slicesAreMeasuredAlone() {
        Rule rule = where(minimum("accuracy", 0.74), Map.of("lang", "de"));
        RuleResult result = only(rule, BETTER);
        assertThat(result.items()).isEqualTo(100);
        assertThat(result.message()).isEqualTo("accuracy where lang: de is 0.7400, at least the minimum 0.74.");
        assertRefused(
                where(minimum("accuracy", 0.9), Map.of("lang", "df")),
                "acceptance[0]: No item of the set test has lang: df in its metadata. Did you mean 'de'?");
        assertRefused(
                where(minimum("accuracy", 0.9), Map.of("lnag", "de")),
                "acceptance[0]: No item of the set test has 'lnag' in its metadata. Did you mean 'lang'? Known keys are lang.");
    }

    @Test
    void groupsAreOneObservation() {
        ProviderScores tuned = grouped("tuned", i -> i < 96);
        ProviderScores base = grouped("base", i -> i < 84);
        RuleResult result = only(gain("accuracy", "base", 0), SampleScores.of(tuned, base));
        // Twelve items more, and they are one group.
        assertThat(result.estimate().value()).isCloseTo(0.1, within(1e-9));
        assertThat(result.significance().p()).isEqualTo(0.5);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void holmsCorrectionIsOverTheRulesOfTheBuild() {
        Rule rule = gain("accuracy", "few-shot 5", 0);
        Double alone = only(rule, BETTER).significance().p();
        GateResult both = check(List.of(rule, gain("accuracy", "base", 0), minimum("accuracy", 0.1)), BETTER);
        assertThat(both.rules().get(0).significance().adjustedP()).isEqualTo(alone);
        assertThat(both.rules().get(1).significance().adjustedP())
                .isEqualTo(2 * requireNonNull(both.rules().get(1).significance().p()));
        assertThat(both.rules().get(2).significance().adjustedP()).isNull();
    }

    @Test
    void warningsAreCountedApart() {
        GateResult result = check(List.of(warns(minimum("accuracy", 0.9)), minimum("accuracy", 0.7)), BETTER);
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.message()).isEqualTo("1 of 2 acceptance rules met, 1 warned.");
        assertThat(result.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        // In doubles the first two differences are below their bounds, and the third is above.
        "0.25, 0.30, 0.05, true",
        "0.60, 0.70, 0.10, true",
        "0.7, 0.8, 0.1, true",
        "0.90, 0.90, 0, true",
        "0.90, 0.8999, 0, false",
        "0, 1, 1, true",
        "0.25, 0.2999999, 0.05, false",
    })
    void comparesGainsAsDecimals(double base, double tuned, double bound, boolean reached) {
        assertThat(only(gain(TONE, "base", bound), tone(base, tuned)).verdict() != Verdict.FAIL)
                .isEqualTo(reached);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.9 | 0.90 | suite/tone is 0.9000, at least the minimum 0.90.",
                "0.89999 | 0.90 | suite/tone is 0.8999, below the minimum 0.90.",
                "0.8999999999 | 0.90 | suite/tone is 0.8999, below the minimum 0.90.",
                "0.1234565 | 0.123457 | suite/tone is 0.123456, below the minimum 0.123457.",
                "0.3333333333333333 | 0.3333333333333333 | suite/tone is 0.333333333333, at least the minimum 0.333333333333.",
                "1 | 1 | suite/tone is 1.0000, at least the minimum 1.00.",
                "0 | 0 | suite/tone is 0.0000, at least the minimum 0.00.",
            })
    void printsWhatItCompares(double value, double bound, String message) {
        assertThat(only(minimum(TONE, bound), tone(0, value)).message()).isEqualTo(message);
    }

    /** Every share of a test set against every bound a person would write: the verdict is that of the fractions. */
    @Test
    void judgesSharesLikeExactFractions() {
        for (int items = 1; items <= 25; items++) {
            for (int right = 0; right <= items; right++) {
                int share = right;
                Scores scores = SampleScores.of(SampleScores.answers("tuned", items, i -> i < share));
                for (int percent = 0; percent <= 100; percent += 10) {
                    boolean reaches = right * 100 >= percent * items;
                    assertThat(only(minimum("accuracy", percent / 100.0), scores)
                                    .verdict())
                            .isEqualTo(reaches ? Verdict.PASS : Verdict.FAIL);
                }
            }
        }
    }

    /** A mean of F1 values carries the rounding of its sum; that alone must not fail a build. */
    @Test
    void forgivesTheRoundingOfDoublesAndNothingMore() {
        Random random = new Random(12);
        for (int i = 0; i < 200; i++) {
            double bound = (1 + random.nextInt(9998)) / 10000.0;
            assertMinimum(bound - 4 * Math.ulp(bound), bound, true);
            assertMinimum(bound - 1e-9, bound, false);
        }
    }

    /** Of 10,000 builds of a model that is as good as the released one, at most one in twenty is called worse or better. */
    @Test
    void equalModelsAreSeldomCalledWorseOrBetter() {
        Random random = new Random(4);
        List<Rule> rules = List.of(drop("accuracy", "released", 0), gain("accuracy", "released", 0));
        int builds = 10_000;
        int wrong = 0;
        for (int build = 0; build < builds; build++) {
            Scores scores = SampleScores.of(
                    SampleScores.answers("tuned", 30, i -> random.nextInt(10) < 7),
                    SampleScores.answers("released", 30, i -> random.nextInt(10) < 7));
            List<RuleResult> results = check(rules, scores).rules();
            boolean worse = results.get(0).verdict() == Verdict.FAIL;
            boolean better = results.get(1).verdict() == Verdict.PASS;
            wrong += worse || better ? 1 : 0;
        }
        assertThat((double) wrong / builds).isLessThanOrEqualTo(0.05);
    }

    private static ProviderScores latency(String provider, double mean) {
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double noise = i % 2 == 0 ? 0.01 : -0.01;
            items.add(new ItemScore("t:" + i, "a", "a", Map.of("latency", mean + noise * (mean + i))));
        }
        double sum =
                items.stream().mapToDouble(item -> item.scores().get("latency")).sum();
        return new ProviderScores(provider, Map.of("latency", sum / 20), items);
    }

    private static ProviderScores grouped(String provider, IntPredicate right) {
        ProviderScores scores = SampleScores.answers(provider, 120, right);
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            ItemScore item = scores.items().get(i);
            items.add(new ItemScore(
                    item.id(), item.expected(), item.answer(), item.scores(), Map.of("group", "document " + i / 12)));
        }
        return new ProviderScores(provider, scores.metrics(), items);
    }

    private static void assertMinimum(double value, double bound, boolean reaches) {
        RuleResult result = only(minimum(TONE, bound), tone(0, value));
        assertThat(result.verdict()).as("%s against %s", value, bound).isEqualTo(reaches ? Verdict.PASS : Verdict.FAIL);
        // A reader who compares the two numbers printed comes to the same verdict.
        Matcher numbers = MINIMUM.matcher(result.message());
        assertThat(numbers.matches()).as(result.message()).isTrue();
        assertThat(new BigDecimal(numbers.group(1)).compareTo(new BigDecimal(numbers.group(2))) >= 0)
                .as(result.message())
                .isEqualTo(reaches);
    }

    private static Scores tone(double base, double tuned) {
        return SampleScores.of(
                SampleScores.provider("tuned", Map.of(TONE, tuned)), SampleScores.provider("base", Map.of(TONE, base)));
    }
}
