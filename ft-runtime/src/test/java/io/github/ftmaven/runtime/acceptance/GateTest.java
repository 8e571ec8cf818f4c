package io.github.ftmaven.runtime.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Metric;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Over;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final Pattern MINIMUM = Pattern.compile("accuracy is (\\S+), .* the minimum (\\S+)\\.");
    private static final Pattern GAIN = Pattern.compile("accuracy gains (\\S+) over .* the minimum gain (\\S+)\\.");

    @Test
    void withoutRulesEverythingPassesAndItSaysSo() {
        GateResult result = Gate.check(List.of(), SampleScores.accuracy(0.9, 0));
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.message()).isEqualTo("There are no acceptance rules: any quality is accepted.");
    }

    @Test
    void appliesEveryRuleAlsoAfterOneThatFails() {
        GateResult result =
                Gate.check(List.of(minimum(0.9), gain(0.05), minimum(0.8)), SampleScores.accuracy(0.78, 0.85));
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message()).isEqualTo("1 of 3 acceptance rules not met.");
        assertThat(result.rules())
                .containsExactly(
                        new RuleResult(
                                "accuracy",
                                "tuned",
                                null,
                                0.85,
                                0.9,
                                Verdict.FAIL,
                                "accuracy is 0.8500, below the minimum 0.90."),
                        new RuleResult(
                                "accuracy",
                                "tuned",
                                "base",
                                0.07,
                                0.05,
                                Verdict.PASS,
                                "accuracy gains 0.0700 over base (0.7800 to 0.8500), at least the minimum gain 0.05."),
                        new RuleResult(
                                "accuracy",
                                "tuned",
                                null,
                                0.85,
                                0.8,
                                Verdict.PASS,
                                "accuracy is 0.8500, at least the minimum 0.80."));
    }

    @ParameterizedTest
    @CsvSource({
        // In doubles the first two differences are below their bounds, and the third is above.
        "0.25, 0.30, 0.05, PASS",
        "0.60, 0.70, 0.10, PASS",
        "0.7, 0.8, 0.1, PASS",
        "0.90, 0.90, 0, PASS",
        "0.90, 0.8999, 0, FAIL",
        "0.90, 0.88, -0.02, PASS",
        "0.90, 0.88, -0.0199, FAIL",
        "0, 1, 1, PASS",
        "0.25, 0.2999999, 0.05, FAIL",
    })
    void comparesGainsAsDecimals(double base, double tuned, double bound, Verdict verdict) {
        assertThat(Gate.check(List.of(gain(bound)), SampleScores.accuracy(base, tuned))
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.9 | 0.90 | accuracy is 0.9000, at least the minimum 0.90.",
                "0.89999 | 0.90 | accuracy is 0.8999, below the minimum 0.90.",
                "0.8999999999 | 0.90 | accuracy is 0.8999, below the minimum 0.90.",
                "0.1234565 | 0.123457 | accuracy is 0.123456, below the minimum 0.123457.",
                "0.3333333333333333 | 0.3333333333333333 | accuracy is 0.333333333333, at least the minimum 0.333333333333.",
                "1 | 1 | accuracy is 1.0000, at least the minimum 1.00.",
                "0 | 0 | accuracy is 0.0000, at least the minimum 0.00.",
            })
    void printsWhatItCompares(double value, double bound, String message) {
        assertThat(Gate.check(List.of(minimum(bound)), SampleScores.accuracy(0, value))
                        .rules())
                .extracting(RuleResult::message)
                .containsExactly(message);
    }

    /** Every share of a test set against every bound a person would write: the verdict is that of the fractions. */
    @Test
    void judgesSharesLikeExactFractions() {
        for (int items = 1; items <= 40; items++) {
            for (int right = 0; right <= items; right++) {
                for (int percent = 0; percent <= 100; percent += 5) {
                    boolean reaches = right * 100 >= percent * items;
                    assertMinimum((double) right / items, percent / 100.0, reaches);
                }
            }
        }
    }

    @Test
    void judgesGainsLikeExactFractions() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            int items = 1 + random.nextInt(5000);
            int base = random.nextInt(items + 1);
            int tuned = random.nextInt(items + 1);
            // Half of the draws sit on the bound itself or one item beside it.
            int thousandths = random.nextInt(2001) - 1000;
            if (random.nextBoolean()) {
                items = 1000;
                base = random.nextInt(1001);
                tuned = Math.max(0, Math.min(1000, base + thousandths - random.nextInt(2)));
            }
            boolean reaches = (tuned - base) * 1000L >= (long) thousandths * items;
            RuleResult result = Gate.check(
                            List.of(gain(thousandths / 1000.0)),
                            SampleScores.accuracy((double) base / items, (double) tuned / items))
                    .rules()
                    .get(0);
            assertThat(result.verdict())
                    .as("%d to %d of %d, bound %d/1000", base, tuned, items, thousandths)
                    .isEqualTo(reaches ? Verdict.PASS : Verdict.FAIL);
            assertPrintedLikeJudged(GAIN, result);
        }
    }

    /** A mean of F1 values carries the rounding of its sum; that alone must not fail a build. */
    @Test
    void forgivesTheRoundingOfDoublesAndNothingMore() {
        Random random = new Random(12);
        for (int i = 0; i < 5_000; i++) {
            double bound = (1 + random.nextInt(9998)) / 10000.0;
            assertMinimum(bound - 4 * Math.ulp(bound), bound, true);
            assertMinimum(bound - 1e-9, bound, false);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.01, 1.01, 90})
    void refusesAMinimumOutOfRange(double bound) {
        assertRefused(minimum(bound), "acceptance[0]: minimum is " + bound + ". Write a number from 0 to 1.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, -1.01, 5})
    void refusesAGainOutOfRange(double bound) {
        assertRefused(gain(bound), "acceptance[0]: minimumGain is " + bound + ". Write a number from -1 to 1.");
    }

    @Test
    void refusesARuleThatIsNone() {
        String message = "acceptance[0]: Give either minimum, or over together with minimumGain.";
        assertRefused(new Rule(Metric.ACCURACY, null, null, null), message);
        assertRefused(new Rule(Metric.ACCURACY, null, Over.BASE, null), message);
        assertRefused(new Rule(Metric.ACCURACY, null, null, 0.1), message);
        assertRefused(new Rule(Metric.ACCURACY, 0.1, Over.BASE, 0.1), message);
    }

    @Test
    void refusesWhatWasNotMeasuredAndNamesAllOfIt() {
        Scores tunedOnly = SampleScores.of(SampleScores.provider("tuned", Map.of("accuracy", 1.0)));
        Rule macroF1 = new Rule(Metric.MACRO_F1, 0.0, null, null);
        assertThatThrownBy(() -> Gate.check(List.of(minimum(0), macroF1, gain(-1)), tunedOnly))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("""
                        acceptance[1]: The metric macro-f1 was not measured for the model "tuned". Add it to \
                        evaluation.metrics and run ft:evaluate again.
                        acceptance[2]: The model "base" was not evaluated, so its accuracy is unknown. Run ft:evaluate \
                        with it.""");

        Scores baseOnly = SampleScores.of(SampleScores.provider("base", Map.of("accuracy", 1.0)));
        assertThatThrownBy(() -> Gate.check(List.of(minimum(0)), baseOnly))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The model \"tuned\" was not evaluated");
    }

    @Test
    void refusesScoresOfAnotherBuild() {
        Scores scores = SampleScores.accuracy(0, 1);
        String other = "0".repeat(64);
        Gate.requireCurrent(scores, SampleScores.TEST_DIGEST, SampleScores.ARTIFACT_DIGEST);
        assertThatThrownBy(() -> Gate.requireCurrent(scores, SampleScores.TEST_DIGEST, other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The scores were measured on another artifact (sha256 fedcba987654) than this build's"
                        + " (000000000000). Run ft:evaluate again.");
        assertThatThrownBy(() -> Gate.requireCurrent(scores, other, SampleScores.ARTIFACT_DIGEST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another test set (sha256 0123456789ab)");
    }

    private static void assertMinimum(double value, double bound, boolean reaches) {
        RuleResult result = Gate.check(List.of(minimum(bound)), SampleScores.accuracy(0, value))
                .rules()
                .get(0);
        assertThat(result.verdict()).as("%s against %s", value, bound).isEqualTo(reaches ? Verdict.PASS : Verdict.FAIL);
        assertPrintedLikeJudged(MINIMUM, result);
    }

    /** A reader who compares the two numbers printed comes to the same verdict. */
    private static void assertPrintedLikeJudged(Pattern sentence, RuleResult result) {
        Matcher numbers = sentence.matcher(result.message());
        assertThat(numbers.matches()).as(result.message()).isTrue();
        boolean reaches = new BigDecimal(numbers.group(1)).compareTo(new BigDecimal(numbers.group(2))) >= 0;
        assertThat(reaches).as(result.message()).isEqualTo(result.verdict() == Verdict.PASS);
    }

    private static void assertRefused(Rule rule, String message) {
        assertThatThrownBy(() -> Gate.check(List.of(rule), SampleScores.accuracy(0, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    private static Rule minimum(double minimum) {
        return new Rule(Metric.ACCURACY, minimum, null, null);
    }

    private static Rule gain(double minimumGain) {
        return new Rule(Metric.ACCURACY, null, Over.BASE, minimumGain);
    }
}
