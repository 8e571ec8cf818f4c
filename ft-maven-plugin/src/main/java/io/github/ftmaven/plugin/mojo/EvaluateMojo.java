package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.Reuse;
import io.github.ftmaven.plugin.inputs.Baselines;
import io.github.ftmaven.plugin.inputs.Results;
import io.github.ftmaven.plugin.inputs.TrainingSets;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.acceptance.MeasuredDrift;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.drift.DatasetChange;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.report.EvaluationReport;
import io.github.ftmaven.runtime.scores.ScoresJson;
import io.github.ftmaven.runtime.spec.DriftMetric;
import io.github.ftmaven.runtime.spec.EvaluationRunner;
import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Measures the packaged adapter and the baselines on the test set, here or where {@code evaluation.runner} says. Writes
 * {@code target/ft/evaluation}. Scores never fail this goal; {@code ft:check} judges them.
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
     * The adapter that acceptance rules with {@code over: released} compare with, instead of the last release:
     * {@code GROUP:ARTIFACT:VERSION[:jar:CLASSIFIER]} or a jar file. With {@code none}, such rules are not applied.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline")
    @Nullable
    String baseline;

    /**
     * What to do if the last release cannot be determined or downloaded. {@code fail} fails the build. {@code warn}
     * continues with the release that was downloaded before, or without the {@code over: released} rules if there is
     * none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.onUnavailable", defaultValue = "fail")
    String baselineOnUnavailable;

    /**
     * A regular expression that must match a whole version for it to count as a release. For example, {@code [0-9.]+}
     * excludes release candidates. By default, every version that is not a snapshot counts.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.versionPattern")
    @Nullable
    String baselineVersionPattern;

    /**
     * Whether to take scores from the cache under {@code ft.cacheDirectory}. Unless results are signed, anyone who can
     * write there can change them. With {@code false}, scores are measured in this build or reused from an earlier
     * build of this checkout.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.evaluate.trustCache", defaultValue = "true")
    boolean trustCache;

    private final Baselines baselines;

    /** The release that a rule is about, found once so that all rules are about the same. */
    private Baselines.@Nullable Release release;

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
    boolean touchesArtifact() {
        return true;
    }

    @Override
    Results.Policy keeping() {
        return new Results.Policy(cacheSize, null, false, trustCache);
    }

    @Override
    void work(FineTune fineTune, Launch launch, WorkRequest request, DigestCache digests)
            throws IOException, WorkerException, DependencyResolutionException {
        boolean spark = fineTune.spec().evaluation().runner() == EvaluationRunner.SPARK;
        super.work(fineTune, spark ? onSpark(fineTune, launch) : launch, request, digests);
    }

    @Override
    boolean isHere(FineTune fineTune) {
        return fineTune.spec().keeper().isEmpty();
    }

    @Override
    Map<String, String> secrets(FineTune fineTune) {
        return isHere(fineTune) ? Map.of() : HostedRunner.secretsOfAnswers(fineTune.spec(), session, getLog());
    }

    @Override
    Stage stage(FineTune fineTune) {
        return Stage.evaluate(fineTune.output());
    }

    @Override
    @Nullable
    ReleasedModel released(FineTune fineTune, DigestCache digests) throws IOException {
        Needs.dataset(fineTune);
        boolean compared = ReleasedAdapter.isWanted(fineTune.spec().acceptance());
        release = compared || DriftMetric.isWanted(fineTune.spec().acceptance())
                ? baselines.release(
                        inputGoal(),
                        fineTune,
                        new Baselines.Choice(
                                baseline,
                                baselineOnUnavailable,
                                baselineVersionPattern,
                                AdapterFile.classifier(project, classifier)),
                        digests)
                : null;
        return compared && release != null ? baselines.model(inputGoal(), fineTune, release, digests) : null;
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
     * Writes what belongs to this build: the release it compares with, and a report without verdicts. Verdicts of an
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
        writeDrift(fineTune, directory.resolve("drift.json"));
        Reuse.of(project, fineTune.output()).measured(directory.resolve("scores.json"));
        EvaluationReport.write(
                directory,
                name(fineTune),
                ScoresJson.read(directory.resolve("scores.json")),
                new DatasetStore(fineTune.output()).report().warnings());
    }

    /** What {@code ft:check} needs for rules on drift, which no model is asked for. */
    private void writeDrift(FineTune fineTune, Path file) throws IOException {
        Baselines.Release found = release;
        if (found == null || !DriftMetric.isWanted(fineTune.spec().acceptance())) {
            Files.deleteIfExists(file);
            return;
        }
        Path jar = found.jar();
        Fingerprint reference = jar == null
                ? null
                : TrainingSets.in(jar, Objects.requireNonNull(found.adapter().name()))
                        .map(DatasetChange.Side::fingerprint)
                        .orElse(null);
        MeasuredDrift.write(file, found.adapter(), reference);
    }
}
