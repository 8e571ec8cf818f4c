package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.SealedJar;
import io.github.ftmaven.plugin.stamp.CurrentResults;
import io.github.ftmaven.plugin.stamp.Sha256;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Verdict;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.report.ArtifactFile;
import io.github.ftmaven.runtime.report.EvaluationReport;
import io.github.ftmaven.runtime.report.ResultTable;
import io.github.ftmaven.runtime.report.Sealing;
import io.github.ftmaven.runtime.report.Summary;
import io.github.ftmaven.runtime.report.SummaryJson;
import io.github.ftmaven.runtime.report.TrainingSummary;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.ScoresJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Applies the acceptance rules to the scores that {@code ft:evaluate} wrote, prints them, and fails the build when one is
 * not met. Scores that are missing, or of another adapter or test set, fail it too. Writes
 * {@code target/ft/summary.json} and the rules into the report, and seals the jar of an accepted adapter: its scores go into it.
 *
 * @since 0.1.0
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends ComputeMojo {
    private static final String SUMMARY = "summary.json";
    private static final String SCORES = "evaluation/scores.json";
    private static final String AGAIN = "Run ft:evaluate again.";

    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.check.skip", defaultValue = "false")
    boolean skipCheck;

    /**
     * The classifier under which {@code ft:package} attached the adapter, in a project of another packaging than
     * {@code lora-adapter}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.classifier", defaultValue = "lora")
    String classifier;

    /**
     * What {@code ft:evaluate} was told to compare with: scores that were compared with nothing are of use only where this
     * is {@code none} too.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline")
    @Nullable
    String baseline;

    /**
     * What {@code ft:evaluate} was told to do when it cannot be known what was released: scores that were compared with
     * nothing for that reason are of use only where this is {@code warn} too.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.onUnavailable", defaultValue = "fail")
    String baselineOnUnavailable;

    private final InputFiles inputFiles;

    @Inject
    CheckMojo(InputFiles inputFiles) {
        super("check");
        this.inputFiles = inputFiles;
    }

    @Override
    boolean skipsGoal() {
        return skipCheck;
    }

    @Override
    void run(FineTune fineTune) throws IOException, MojoFailureException {
        Path jar = AdapterFile.of(project, classifier);
        // Where nothing can be judged, the verdict of an earlier build would be taken for this one's.
        Files.deleteIfExists(fineTune.output().resolve(SUMMARY));
        Needs.dataset(fineTune);
        Needs.artifact(fineTune, jar);
        Needs.scores(fineTune);
        boolean accepted = false;
        try {
            accepted = check(fineTune, jar);
        } finally {
            if (!accepted) {
                SealedJar.open(jar);
            }
        }
    }

    /** Judges, seals what is accepted, and tells; returns only if it is accepted. */
    private boolean check(FineTune fineTune, Path jar) throws IOException, MojoFailureException {
        Path output = fineTune.output();
        Scores scores = ScoresJson.read(output.resolve(SCORES));
        Gate.requireCurrent(
                scores,
                Sha256.of(output.resolve("dataset/test.jsonl")),
                PackagedAdapter.trainedDigest(jar, fineTune.shown(jar)));
        Gate.requireComplete(scores, new DatasetStore(output).read(Split.TEST).size());
        new CurrentResults(inputFiles.fetch(inputGoal(true), fineTune, true), variables())
                .require(jar, output.resolve(SCORES));
        ReleasedAdapter released = released(fineTune, scores);
        GateResult gate = Gate.check(fineTune.spec().acceptance(), scores, released);

        String name = name(fineTune);
        if (gate.verdict() == Verdict.PASS) {
            SealedJar.seal(jar, adapter -> Sealing.files(adapter, name, scores, gate, released));
        } else {
            SealedJar.open(jar);
        }
        ArtifactFile artifact = ArtifactFile.of(fineTune.project(), jar);
        TrainingSummary training = TrainingSummary.read(
                output.resolve("train/training.json"), Reuse.of(project).reused("train"));
        SummaryJson.write(output.resolve(SUMMARY), new Summary(name, scores, gate, released, training, artifact));
        EvaluationReport.write(
                output.resolve("evaluation"),
                name,
                scores,
                gate,
                new DatasetStore(output).report().warnings());

        new ResultTable(Terminal.watched(session), Terminal.ascii())
                .lines(scores, gate, artifact)
                .forEach(getLog()::info);
        gate.warnings().forEach(rule -> getLog().warn(rule.message()));
        gate.notApplied().forEach(getLog()::warn);
        if (gate.verdict() != Verdict.PASS) {
            throw new MojoFailureException(gate.message() + "\n"
                    + gate.failures().stream().map(RuleResult::message).collect(Collectors.joining("\n")));
        }
        return true;
    }

    /** What rules over the released adapter compare with; null where there is no such rule. */
    private @Nullable ReleasedAdapter released(FineTune fineTune, Scores scores) {
        if (!ReleasedAdapter.isWanted(fineTune.spec().acceptance())) {
            return null;
        }
        ReleasedAdapter released = ReleasedAdapter.read(fineTune.output().resolve("evaluation/baseline.json"));
        released.requireIn(scores);
        State state = released.state();
        if (state == State.DISABLED && !"none".equals(baseline)) {
            throw left(released, "ft.baseline");
        }
        if (state == State.UNAVAILABLE && !baselineOnUnavailable.equals("warn")) {
            throw left(released, "ft.baseline.onUnavailable");
        }
        return released;
    }

    private static InvalidInputException left(ReleasedAdapter released, String property) {
        return new InvalidInputException(
                "Rules over: released are left out: " + released.reason() + " This goal was told nothing of it. "
                        + AGAIN + " Or let " + property + " be the same for both goals.");
    }
}
