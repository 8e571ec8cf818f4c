package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.EarlierVerdict;
import io.github.ftmaven.plugin.artifact.Reuse;
import io.github.ftmaven.plugin.artifact.SealedJar;
import io.github.ftmaven.plugin.artifact.SealingOrder;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.inputs.TrainingSets;
import io.github.ftmaven.plugin.stamp.CurrentResults;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.plugin.worker.Terminal;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.MeasuredDrift;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Verdict;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.report.ArtifactFile;
import io.github.ftmaven.runtime.report.EvaluationReport;
import io.github.ftmaven.runtime.report.MeasuredScores;
import io.github.ftmaven.runtime.report.ResultTable;
import io.github.ftmaven.runtime.report.Sealing;
import io.github.ftmaven.runtime.report.Summary;
import io.github.ftmaven.runtime.report.SummaryJson;
import io.github.ftmaven.runtime.report.TrainingSummary;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.ScoresJson;
import io.github.ftmaven.runtime.spec.DriftMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Applies the acceptance rules to the scores that {@code ft:evaluate} wrote, prints the results, and fails the build if
 * a rule is not met. It also fails if scores are missing or belong to another adapter or test set. Without rules, the
 * verdict is "not judged", and the goal warns. Writes {@code target/ft/summary.json} and adds the rules to the report.
 * If the adapter is not rejected, the goal seals its jar by adding the measured scores.
 *
 * @since 0.1.0
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends ComputeMojo {
    private static final String SUMMARY = "summary.json";
    private static final String SCORES = "evaluation/scores.json";
    private static final String AGAIN = "Run ft:evaluate again.";
    private static final List<String> ON_NOT_JUDGED = List.of("warn", "fail");

    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.check.skip", defaultValue = "false")
    public boolean skipCheck;

    /**
     * The {@code ft.baseline} that {@code ft:evaluate} ran with. If that was {@code none}, it must be {@code none} here
     * too; otherwise the goal rejects the scores.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline")
    @Nullable
    String baseline;

    /**
     * The {@code ft.baseline.onUnavailable} that {@code ft:evaluate} ran with. If {@code ft:evaluate} continued without
     * a baseline because of {@code warn}, it must be {@code warn} here too; otherwise the goal rejects the scores.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.onUnavailable", defaultValue = "fail")
    String baselineOnUnavailable;

    /**
     * What to do if no applied rule could have failed the build: {@code warn} or {@code fail}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.check.onNotJudged", defaultValue = "warn")
    String onNotJudged;

    private final InputFiles inputFiles;

    @Inject
    public CheckMojo(InputFiles inputFiles) {
        super("check");
        this.inputFiles = inputFiles;
    }

    @Override
    boolean skipsGoal() {
        return skipCheck;
    }

    @Override
    boolean isStage() {
        return true;
    }

    @Override
    boolean touchesArtifact() {
        return true;
    }

    @Override
    void tellSkipped(String sentence) {
        getLog().warn(sentence + " This build has no verdict, and the adapter is not sealed.");
    }

    @Override
    void run(FineTune fineTune) throws IOException, MojoFailureException {
        if (!ON_NOT_JUDGED.contains(onNotJudged)) {
            throw new InvalidInputException("ft.check.onNotJudged is " + onNotJudged + ". Write warn or fail."
                    + Suggestion.didYouMean(onNotJudged, ON_NOT_JUDGED));
        }
        Path jar = AdapterFile.of(project, classifier);
        Needs.dataset(fineTune);
        Needs.artifact(fineTune, jar);
        Needs.scores(fineTune);
        boolean judged = false;
        try {
            judge(fineTune, jar);
            judged = true;
        } finally {
            if (!judged) {
                SealedJar.open(jar);
            }
        }
    }

    /** Judges the adapter, seals it if it is accepted, and prints the verdict. */
    private void judge(FineTune fineTune, Path jar) throws IOException, MojoFailureException {
        Path output = fineTune.output();
        Path scoresFile = output.resolve(SCORES);
        Reuse.of(project, output).requireMeasured(scoresFile, fineTune.shown(scoresFile));
        Scores scores = ScoresJson.read(scoresFile);
        Gate.requireCurrent(
                scores,
                Digests.sha256(output.resolve("dataset/test.jsonl")),
                PackagedAdapter.trainedDigest(jar, fineTune.shown(jar)));
        Gate.requireComplete(scores, new DatasetStore(output).read(Split.TEST));
        Gate.requireAsAnswered(scores);
        new CurrentResults(inputFiles.fetch(inputGoal(true), fineTune, true), variables()).require(jar, scoresFile);
        ReleasedAdapter released = released(fineTune, scores);
        GateResult gate = Gate.check(fineTune.spec().acceptance(), scores, released, drift(fineTune, released));
        boolean accepted = isAccepted(gate.verdict());

        String name = name(fineTune);
        if (accepted) {
            SealingOrder.requireUntouched(project, output, jar, classifier, fineTune::shown);
            SealedJar.seal(
                    jar,
                    adapter -> Sealing.files(adapter, name, AdapterFile.coordinates(project), scores, gate, released));
            EarlierVerdict.rememberSeal(project, jar, output);
        }
        ArtifactFile artifact = ArtifactFile.of(fineTune.project(), jar);
        TrainingSummary training = TrainingSummary.read(
                output.resolve("train/training.json"), Reuse.of(project, output).reused("train"));
        EvaluationReport.write(
                output.resolve("evaluation"),
                name,
                scores,
                gate,
                new DatasetStore(output).report().warnings());
        MeasuredScores measured = new MeasuredScores(
                Stamps.read(Stage.evaluate(output), AGAIN).key(),
                Digests.sha256(scoresFile),
                Reuse.of(project, output).reused("evaluate"));
        String report = fromHere(output.resolve("evaluation/report.html"));
        List<String> table = new ResultTable(Terminal.watched(session), Terminal.ascii()).lines(scores, gate, artifact);
        // Comes last: if anything above fails, no verdict is written.
        SummaryJson.write(
                output.resolve(SUMMARY), new Summary(name, scores, gate, released, measured, training, artifact));

        table.forEach(styledLog()::info);
        gate.warnings().forEach(rule -> getLog().warn(rule.message()));
        gate.notApplied().forEach(getLog()::warn);
        gate.alwaysMet().forEach(getLog()::warn);
        if (gate.verdict() == Verdict.NOT_JUDGED) {
            getLog().warn(gate.verdict().word() + ": " + gate.message());
        }
        if (!accepted) {
            throw new MojoFailureException(failure(gate) + "\nThe report: " + report);
        }
        getLog().info("The report: " + report);
    }

    /** Shows a path relative to the directory Maven was started in, so that a terminal can open it. */
    private static String fromHere(Path file) {
        return FineTune.shown(Path.of("").toAbsolutePath(), file);
    }

    /** Whether the build continues. A build that is not judged continues unless the user wants it to fail. */
    private boolean isAccepted(Verdict verdict) {
        return verdict == Verdict.PASS || (verdict == Verdict.NOT_JUDGED && onNotJudged.equals("warn"));
    }

    private static String failure(GateResult gate) {
        return gate.verdict() == Verdict.NOT_JUDGED
                ? gate.verdict().word() + ": " + gate.message() + " Write a rule that can fail the build under"
                        + " acceptance, or set ft.check.onNotJudged to warn."
                : PrintableText.of(gate.message() + "\n"
                        + gate.failures().stream().map(RuleResult::message).collect(Collectors.joining("\n")));
    }

    /** The baseline for rules over the released adapter; null if there are no such rules. */
    private @Nullable ReleasedAdapter released(FineTune fineTune, Scores scores) {
        if (!ReleasedAdapter.isWanted(fineTune.spec().acceptance())) {
            return null;
        }
        ReleasedAdapter released = ReleasedAdapter.read(fineTune.output().resolve("evaluation/baseline.json"));
        released.requireIn(scores);
        if (!StageStamps.isComparedWith(Stamps.read(Stage.evaluate(fineTune.output()), AGAIN), released)) {
            throw new InvalidInputException("The scores were not measured with the baseline in"
                    + " evaluation/baseline.json: " + released.reason() + " " + AGAIN);
        }
        requireSameSetting("Rules over: released", released);
        return released;
    }

    /** The drift of the training set; null if there are no rules on it. */
    private @Nullable MeasuredDrift drift(FineTune fineTune, @Nullable ReleasedAdapter compared) throws IOException {
        if (!DriftMetric.isWanted(fineTune.spec().acceptance())) {
            return null;
        }
        MeasuredDrift drift = MeasuredDrift.read(
                fineTune.output().resolve("evaluation/drift.json"), TrainingSets.fingerprint(fineTune.output()));
        if (compared != null && !compared.equals(drift.released())) {
            throw new InvalidInputException("evaluation/drift.json is about another release than the scores. " + AGAIN);
        }
        requireSameSetting("Rules on drift", drift.released());
        return drift;
    }

    private void requireSameSetting(String rules, ReleasedAdapter released) {
        State state = released.state();
        if (state == State.DISABLED && !"none".equals(baseline)) {
            throw left(rules, released, "ft.baseline");
        }
        if (state == State.UNAVAILABLE && !baselineOnUnavailable.equals("warn")) {
            throw left(rules, released, "ft.baseline.onUnavailable");
        }
    }

    private static InvalidInputException left(String rules, ReleasedAdapter released, String property) {
        return new InvalidInputException(
                rules + " are left out: " + released.reason() + " This goal does not have the same"
                        + " setting. "
                        + AGAIN + " Or set " + property + " to the same value for both goals.");
    }
}
