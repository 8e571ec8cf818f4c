package io.github.ftmaven.runtime.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedAdapterTest {
    private static final Rule MINIMUM = Rules.minimum("accuracy", 0.9);
    private static final Rule NO_WORSE = Rules.drop("accuracy", ProviderScores.RELEASED, 0);
    private static final Scores WITH =
            SampleScores.of(right(ProviderScores.TUNED, 16), right(ProviderScores.RELEASED, 18));
    private static final Scores WITHOUT =
            SampleScores.of(right(ProviderScores.BASE, 2), right(ProviderScores.TUNED, 16));

    private final ReleasedAdapter released =
            new ReleasedAdapter(State.RELEASED, "it:a:1.0", SampleScores.ARTIFACT_DIGEST, "compared with it:a:1.0.");
    private final ReleasedAdapter first =
            ReleasedAdapter.none(State.FIRST_RELEASE, "this is the first release: no repository has it.");

    @Test
    void theFirstReleaseIsJudgedByTheOtherRulesAloneAndSaysSo() {
        List<Rule> rules = List.of(NO_WORSE, MINIMUM);
        GateResult gate = Gate.check(rules, WITHOUT, first);
        assertThat(gate.rules()).extracting(RuleResult::rule).containsExactly(MINIMUM);
        assertThat(gate.notApplied())
                .containsExactly("acceptance[0], over: released, is not applied:"
                        + " this is the first release: no repository has it.");
        assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(gate.message()).isEqualTo("1 of 1 acceptance rule not met, 1 not applied.");
        GateResult later = Gate.check(rules, WITH, released);
        assertThat(later.rules()).extracting(RuleResult::rule).isEqualTo(rules);
        assertThat(later.notApplied()).isEmpty();
    }

    @Test
    void whatIsNotAppliedIsNotNoRule() {
        GateResult one = Gate.check(List.of(NO_WORSE), WITHOUT, first);
        assertThat(one.verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(one.message()).isEqualTo("The only acceptance rule was not applied: any quality is accepted.");
        assertThat(Gate.check(List.of(NO_WORSE, NO_WORSE), WITHOUT, first).message())
                .isEqualTo("None of the 2 acceptance rules was applied: any quality is accepted.");
        assertThat(Gate.check(List.of(Rules.minimum("accuracy", 0.8), NO_WORSE), WITHOUT, first)
                        .message())
                .isEqualTo("1 acceptance rule met, 1 not applied.");
    }

    @Test
    void mistakesNameTheRuleAsTheSpecCountsIt() {
        assertThatThrownBy(() -> Gate.check(List.of(NO_WORSE, Rules.minimum("acuracy", 0.9)), WITHOUT, first))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("acceptance[1]: The metric acuracy was not measured.");
    }

    @Test
    void aRegressionIsAFailure() {
        GateResult gate = Gate.check(List.of(NO_WORSE), WITH, released);
        assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(gate.rules().get(0).message()).contains("released");
    }

    @Test
    void aReleasedAdapterThatWasNotAskedIsAnErrorNotAPass() {
        assertThatThrownBy(() -> Gate.check(List.of(NO_WORSE), WITHOUT, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The model \"released\" was not evaluated");
    }

    @Test
    void scoresAndBaselineAreOfOneEvaluation() {
        released.requireIn(WITH);
        first.requireIn(WITHOUT);
        for (Runnable mixed : List.<Runnable>of(() -> released.requireIn(WITHOUT), () -> first.requireIn(WITH))) {
            assertThatThrownBy(mixed::run)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The scores were measured with a different baseline: ")
                    .hasMessageEndingWith("Run ft:evaluate again.");
        }
    }

    @Test
    void isReadAsItWasWritten(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("baseline.json");
        for (ReleasedAdapter baseline : List.of(released, first)) {
            baseline.write(file);
            assertThat(ReleasedAdapter.read(file)).isEqualTo(baseline);
        }
        Files.writeString(file, "{\"state\": \"released\", \"reason\": \"no name\"}");
        assertThatThrownBy(() -> ReleasedAdapter.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + ": is not a valid description of the baseline. Run ft:evaluate again.");
    }

    @Test
    void theBestBaselineIsNotTheReleasedAdapter() {
        Scores scores = SampleScores.of(
                right(ProviderScores.TUNED, 16), right(ProviderScores.BASE, 10), right(ProviderScores.RELEASED, 18));
        Rule best = Rules.gain("accuracy", Rule.BEST_BASELINE, 0.2);
        assertThat(Gate.check(List.of(best), scores, null).rules().get(0).against())
                .isEqualTo("base");
    }

    /** So many of 20 items right. */
    private static ProviderScores right(String provider, int count) {
        List<ItemScore> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            items.add(new ItemScore(
                    "t:" + i, "yes", i < count ? "yes" : "no", Map.of("accuracy", i < count ? 1.0 : 0.0)));
        }
        return new ProviderScores(provider, Map.of("accuracy", count / 20.0), items);
    }
}
