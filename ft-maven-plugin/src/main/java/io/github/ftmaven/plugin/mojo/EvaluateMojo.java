package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.Reuse;
import io.github.ftmaven.plugin.inputs.Baselines;
import io.github.ftmaven.plugin.inputs.Results;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.report.EvaluationReport;
import io.github.ftmaven.runtime.scores.ScoresJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Measures the packaged adapter and the baselines on the test set. Writes {@code target/ft/evaluation}; never fails the
 * build because of a score, which is for {@code ft:check}.
 *
 * @since 0.1.0
 */
@Mojo(name = "evaluate", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true)
public final class EvaluateMojo extends WorkerMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.evaluate.skip", defaultValue = "false")
    boolean skipEvaluate;

    /**
     * What acceptance rules {@code over: released} compare with, instead of the last release: an adapter as
     * {@code GROUP:ARTIFACT:VERSION[:jar:CLASSIFIER]}, its file, or {@code none}, then such rules are not applied.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline")
    @Nullable
    String baseline;

    /**
     * What to do when it cannot be known what was released last, or it cannot be had: {@code fail}, or {@code warn} and
     * go on with what was fetched before, else without the rules {@code over: released}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.onUnavailable", defaultValue = "fail")
    String baselineOnUnavailable;

    /**
     * A regular expression for the whole of a version that counts as a release, such as {@code [0-9.]+}, which leaves out
     * release candidates. Without it all do but snapshots.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.versionPattern")
    @Nullable
    String baselineVersionPattern;

    /**
     * Whether scores may be taken from the results that are kept below {@code ft.cacheDirectory}. Whoever can write there
     * decides what they are, unless results are signed; with {@code false} they are measured in this build or this checkout.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.evaluate.trustCache", defaultValue = "true")
    boolean trustCache;

    private final Baselines baselines;

    @Inject
    EvaluateMojo(Tools tools, Baselines baselines) {
        super("evaluate", tools);
        this.baselines = baselines;
    }

    @Override
    boolean skipsGoal() {
        return skipEvaluate;
    }

    @Override
    Results.Policy keeping() {
        return new Results.Policy(cacheSize, null, false, trustCache);
    }

    @Override
    Stage stage(FineTune fineTune) {
        return Stage.evaluate(fineTune.output());
    }

    @Override
    @Nullable
    ReleasedModel released(FineTune fineTune, DigestCache digests) throws IOException {
        Needs.dataset(fineTune);
        return baselines.find(
                inputGoal(),
                fineTune,
                new Baselines.Choice(
                        baseline,
                        baselineOnUnavailable,
                        baselineVersionPattern,
                        AdapterFile.classifier(project, classifier)),
                digests);
    }

    @Override
    Stamp stamp(FineTune fineTune, StageStamps stamps, @Nullable ReleasedModel released) throws IOException {
        Needs.dataset(fineTune);
        Needs.intact(fineTune, Stage.dataset(fineTune.output()), "read");
        Needs.artifact(fineTune, artifact());
        return stamps.evaluate(artifact(), released == null ? null : released.baseline());
    }

    @Override
    Path artifact() {
        return AdapterFile.of(project, classifier);
    }

    @Override
    String upToDate(FineTune fineTune) {
        return "Scores are up to date: nothing changed since they were measured.";
    }

    /**
     * Writes what is of this build: which release it compares with, and a report without verdicts, since those of an
     * earlier build may be about other rules.
     */
    @Override
    void finish(FineTune fineTune, @Nullable ReleasedModel released) throws IOException {
        Path directory = fineTune.output().resolve("evaluation");
        Path baselineFile = directory.resolve("baseline.json");
        if (released == null) {
            Files.deleteIfExists(baselineFile);
        } else {
            released.baseline().write(baselineFile);
        }
        Reuse.of(project, fineTune.output()).measured(directory.resolve("scores.json"));
        EvaluationReport.write(
                directory,
                name(fineTune),
                ScoresJson.read(directory.resolve("scores.json")),
                new DatasetStore(fineTune.output()).report().warnings());
    }
}
