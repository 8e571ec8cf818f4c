package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.stamp.Sha256;
import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.ReleasedBaseline;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Verdict;
import io.github.ftmaven.runtime.report.ArtifactFile;
import io.github.ftmaven.runtime.report.ResultTable;
import io.github.ftmaven.runtime.report.Summary;
import io.github.ftmaven.runtime.report.SummaryJson;
import io.github.ftmaven.runtime.report.TrainingSummary;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.ScoresJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Applies the acceptance rules to the scores that {@code ft:evaluate} wrote, prints them, and fails the build when one is
 * not met. Scores that are missing, or of another adapter or test set, fail it too. Writes
 * {@code target/ft/summary.json}.
 *
 * @since 0.1.0
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends FtMojo {
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

    CheckMojo() {
        super("check");
    }

    @Override
    boolean skipsGoal() {
        return skipCheck;
    }

    @Override
    void run(FineTune fineTune) throws IOException, MojoFailureException {
        Path jar = AdapterFile.of(project, classifier);
        Path output = fineTune.output();
        Needs.dataset(fineTune);
        Needs.artifact(fineTune, jar);
        Needs.scores(fineTune);

        Scores scores = ScoresJson.read(output.resolve("evaluation/scores.json"));
        ArtifactFile artifact = ArtifactFile.of(fineTune.project(), jar);
        Gate.requireCurrent(scores, Sha256.of(output.resolve("dataset/test.jsonl")), artifact.sha256());
        GateResult gate = Gate.check(fineTune.spec().acceptance(), scores, ReleasedBaseline.EXPECTED);

        String name = fineTune.spec().name();
        TrainingSummary training = TrainingSummary.read(
                output.resolve("train/training.json"), Reuse.of(project).reused("train"));
        SummaryJson.write(
                output.resolve("summary.json"),
                new Summary(name == null ? project.getArtifactId() : name, scores, gate, training, artifact));

        new ResultTable(Terminal.watched(session), Terminal.ascii())
                .lines(scores, gate, artifact)
                .forEach(getLog()::info);
        gate.warnings().forEach(rule -> getLog().warn(rule.message()));
        if (gate.verdict() != Verdict.PASS) {
            throw new MojoFailureException(gate.message() + "\n"
                    + gate.failures().stream().map(RuleResult::message).collect(Collectors.joining("\n")));
        }
    }
}
