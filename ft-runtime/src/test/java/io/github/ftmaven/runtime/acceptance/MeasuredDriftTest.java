package io.github.ftmaven.runtime.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.drift.FingerprintBuilder;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredDriftTest {
    private static final Scores SCORES = SampleScores.of(new ProviderScores(
            ProviderScores.TUNED,
            Map.of("accuracy", 1.0),
            List.of(new ItemScore("t:1", "a", "a", Map.of("accuracy", 1.0), Map.of()))));
    private static final Rule RULE = Rules.maximum("drift", 0.2);

    private final ReleasedAdapter released =
            new ReleasedAdapter(State.RELEASED, "it:a:1.0", SampleScores.ARTIFACT_DIGEST, "compared with it:a:1.0.");
    private final ReleasedAdapter first =
            ReleasedAdapter.none(State.FIRST_RELEASE, "this is the first release: no repository has it.");

    @Test
    void aTrainingSetLikeTheReleasedOnePasses() {
        GateResult gate = judged(RULE, released, set(50, 50), set(52, 48));
        assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
        assertThat(gate.rules().get(0).message())
                .isEqualTo("drift is 0.0016, at most the maximum 0.20. The training set is compared with that of"
                        + " it:a:1.0; the largest part is its labels.");
        assertThat(gate.rules().get(0).items()).isEqualTo(100);
    }

    @Test
    void aTrainingSetThatMovedFails() {
        GateResult gate = judged(Rules.maximum("drift.labels", 0.2), released, set(50, 50), set(90, 10));
        assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(gate.rules().get(0).message())
                .isEqualTo("drift.labels is 0.8531, above the maximum 0.20. The training set is compared with that of"
                        + " it:a:1.0.");
        assertThat(judged(Rules.maximum("drift.lengths", 0.2), released, set(50, 50), set(90, 10))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void theFirstReleaseIsNotJudgedAndSaysSo() {
        GateResult gate = judged(RULE, first, null, set(50, 50));
        assertThat(gate.verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(gate.notApplied())
                .containsExactly(
                        "acceptance[0], drift, is not applied: this is the first release: no repository has it.");
    }

    @Test
    void aReleaseWithoutFingerprintIsAnErrorNotAPass() {
        assertThatThrownBy(() -> judged(RULE, released, null, set(50, 50)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("acceptance[0]: The drift cannot be measured: it:a:1.0 carries no fingerprint of its"
                        + " training set, because its artifact.fingerprint is none or an earlier version of the plugin"
                        + " packaged it. Compare with another release (-Dft.baseline=GROUP:ARTIFACT:VERSION), or"
                        + " release once with none (-Dft.baseline=none).");
        assertThatThrownBy(() -> Gate.check(List.of(RULE), SCORES, null))
                .hasMessage("acceptance[0]: The drift of the training set was not measured. Run ft:evaluate again.");
    }

    @Test
    void aPartThatDoesNotExistIsAnError() {
        Fingerprint free = new FingerprintBuilder(Set.of()).build(List.of());
        assertThatThrownBy(() -> judged(Rules.maximum("drift.labels", 0.2), released, set(5, 5), free))
                .hasMessage("acceptance[0]: The drift.labels cannot be measured: the answers of this training set are"
                        + " not labels. Write drift, drift.lengths or drift.vocabulary.");
    }

    @Test
    void whatFtEvaluateLeavesReadsBack(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("drift.json");
        MeasuredDrift.write(file, released, set(50, 50));
        MeasuredDrift read = MeasuredDrift.read(file, set(90, 10));
        assertThat(read.released()).isEqualTo(released);
        assertThat(Gate.check(List.of(RULE), SCORES, null, read).verdict()).isEqualTo(Verdict.FAIL);
        MeasuredDrift.write(file, first, null);
        assertThat(MeasuredDrift.read(file, set(1, 1)).reference()).isNull();
    }

    private static GateResult judged(
            Rule rule, ReleasedAdapter released, @Nullable Fingerprint reference, Fingerprint current) {
        return Gate.check(List.of(rule), SCORES, null, new MeasuredDrift(released, reference, current));
    }

    private static Fingerprint set(int a, int b) {
        FingerprintBuilder builder = new FingerprintBuilder(Set.of("a", "b"));
        for (int i = 0; i < a + b; i++) {
            builder.add(List.of("the same question"), i < a ? "a" : "b");
        }
        return builder.build(List.of());
    }
}
