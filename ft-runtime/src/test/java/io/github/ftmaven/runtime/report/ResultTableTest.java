package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.Rules;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EveryLocale
class ResultTableTest {
    private static final ArtifactFile ARTIFACT =
            new ArtifactFile("target/clause-triage-1.0.jar", 1_234_567, SampleScores.ARTIFACT_DIGEST);
    private static final Scores SCORES = SampleScores.of(
            SampleScores.answers("tuned", 200, i -> i >= 12 && i < 175),
            SampleScores.answers("base", 200, i -> i < 50),
            SampleScores.answers("released", 200, i -> i < 167));
    private static final List<Rule> RULES = List.of(
            Rules.minimum("accuracy", 0.81505),
            Rules.confidence(Rules.minimum("accuracy", 0.7), 0.95),
            Rules.gain("accuracy", "base", 0.05),
            Rules.drop("accuracy", "released", 0.01),
            Rules.maximum("macro-f1", 0.9),
            Rules.warns(Rules.where(Rules.gain("accuracy", "best-baseline", 0.5), Map.of("lang", "de"))),
            Rules.drop("macro-f1", "released", 0.05));

    @Test
    void alignsMetricsRulesAndArtifact() {
        List<String> lines = table(new ResultTable(false, false), SCORES, RULES);
        assertThat(lines)
                .containsExactly(
                        "  metric       base   released    tuned      gain",
                        "  accuracy   0.2500     0.8350   0.8150   +0.5650",
                        "  macro-f1   0.4000     0.9100   0.8980   +0.4980",
                        "",
                        "  rule                             measured       asked           interval         p   verdict",
                        "  accuracy                          0.81500   ≥ 0.81505     0.766 to 0.856             FAIL",
                        "  accuracy                           0.8150      ≥ 0.70     0.764 to 0.859   0.00059   PASS",
                        "  accuracy over base                +0.5650     ≥ +0.05   +0.490 to +0.631   0.00050   PASS",
                        "  accuracy over released            -0.0200     ≥ -0.01   -0.059 to +0.018      0.69   INCONCLUSIVE",
                        "  macro-f1                           0.8981      ≤ 0.90     0.867 to 0.924             PASS",
                        "  accuracy [lang=de] over best-…    +0.5600     ≥ +0.50   +0.451 to +0.651      0.56   INCONCLUSIVE",
                        "  macro-f1 over released            -0.0121     ≥ -0.05   -0.035 to +0.010      1.00   PASS",
                        "",
                        "  target/clause-triage-1.0.jar   1.2 MB   sha256 fedcba987654…");
        assertThat(lines).allMatch(line -> line.length() <= 100);
    }

    @Test
    void coloursVerdictsWithoutMovingAnything() {
        String plain = String.join("\n", table(new ResultTable(false, false), SCORES, RULES));
        String coloured = String.join("\n", table(new ResultTable(true, false), SCORES, RULES));
        assertThat(coloured)
                .contains("\u001b[32mPASS\u001b[0m", "\u001b[1;31mFAIL\u001b[0m", "\u001b[1;33mINCONCLUSIVE\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void staysWithinAsciiWhenAsked() {
        Scores scores = SampleScores.of(
                SampleScores.provider("tuned", Map.of("accuracy", 1.0)), SampleScores.provider("base", Map.of()));
        assertThat(table(new ResultTable(false, true), scores, List.of()))
                .containsExactly(
                        "  metric     base    tuned   gain",
                        "  accuracy      -   1.0000      -",
                        "",
                        "  NOT JUDGED: There are no acceptance rules: any quality is accepted.",
                        "",
                        "  target/clause-triage-1.0.jar   1.2 MB   sha256 fedcba987654...");
    }

    @Test
    void withoutABaseThereIsNoGain() {
        Scores scores = SampleScores.of(SampleScores.provider("tuned", Map.of("accuracy", 1.0)));
        assertThat(table(new ResultTable(false, false), scores, List.of()))
                .startsWith("  metric      tuned", "  accuracy   1.0000", "");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "2500000000, 2.5 GB"
    })
    void printsSizesInDecimalUnits(long bytes, String printed) {
        ArtifactFile artifact = new ArtifactFile("a.jar", bytes, SampleScores.ARTIFACT_DIGEST);
        List<String> lines = new ResultTable(false, false).lines(SCORES, Gate.check(List.of(), SCORES, null), artifact);
        assertThat(lines.get(lines.size() - 1)).startsWith("  a.jar   " + printed + "   sha256");
    }

    private static List<String> table(ResultTable table, Scores scores, List<Rule> rules) {
        return table.lines(scores, Gate.check(rules, scores, null), ARTIFACT);
    }
}
