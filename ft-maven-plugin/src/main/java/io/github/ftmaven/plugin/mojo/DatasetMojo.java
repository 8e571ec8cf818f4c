package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.inputs.Baselines;
import io.github.ftmaven.plugin.inputs.TrainingSets;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.drift.DatasetChange;
import io.github.ftmaven.runtime.drift.DatasetChange.Side;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.report.DatasetChangeFiles;
import io.github.ftmaven.runtime.spec.DriftMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks the examples, splits them, and counts their tokens. Writes {@code target/ft/dataset}.
 *
 * @since 0.1.0
 */
@Mojo(name = "dataset", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public final class DatasetMojo extends WorkerMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.dataset.skip", defaultValue = "false")
    boolean skipDataset;

    /**
     * The adapter whose training set this one is also compared with: {@code GROUP:ARTIFACT:VERSION[:jar:CLASSIFIER]} or a
     * jar file. By default the last release if an acceptance rule is about drift, otherwise none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline")
    @Nullable
    String baseline;

    /**
     * A regular expression for versions that count as a release, as for {@code ft:evaluate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.versionPattern")
    @Nullable
    String baselineVersionPattern;

    private final Baselines baselines;

    /** The dataset of the build before; null if there was none, or this one is up to date. */
    @Nullable
    private Side before;

    /** Whether this build reads the dataset. */
    private boolean isRead;

    @Inject
    DatasetMojo(Tools tools, Baselines baselines) {
        super("dataset", tools);
        this.baselines = baselines;
    }

    @Override
    boolean skipsGoal() {
        return skipDataset;
    }

    @Override
    Stage stage(FineTune fineTune) {
        return Stage.dataset(fineTune.output());
    }

    @Override
    Stamp stamp(FineTune fineTune, StageStamps stamps, @Nullable ReleasedModel released) throws IOException {
        return stamps.dataset();
    }

    @Override
    String encoding(StageStamps stamps) throws IOException {
        return stamps.encoding().key();
    }

    @Override
    boolean needsWeights() {
        return false;
    }

    @Override
    Set<String> modules(FineTune fineTune) {
        return fineTune.rowModules();
    }

    @Override
    String upToDate(FineTune fineTune) {
        return "Dataset is up to date: nothing changed since it was read.";
    }

    /** Keeps what the build before left, which this build replaces. */
    @Override
    void begin(FineTune fineTune) throws IOException {
        before = TrainingSets.before(fineTune.output()).orElse(null);
        isRead = true;
    }

    /** Says what changed, and repeats the warnings in every build, even if the dataset is up to date. */
    @Override
    void finish(FineTune fineTune, @Nullable ReleasedModel released) throws IOException {
        tellChanges(fineTune);
        List<String> warnings = new DatasetStore(fineTune.output()).report().warnings();
        warnings.forEach(getLog()::warn);
        if (!warnings.isEmpty()) {
            Path report = fineTune.output().resolve("dataset/report.html");
            getLog().info("The report: " + FineTune.shown(Path.of("").toAbsolutePath(), report));
        }
    }

    /** Says and writes what changed, if the dataset was read in this build, or a release is compared with. */
    private void tellChanges(FineTune fineTune) throws IOException {
        Side replaced = before;
        boolean compared = isReleaseWanted(fineTune);
        if (!isRead && !compared) {
            return;
        }
        Side now = TrainingSets.now(fineTune.output());
        List<DatasetChange> changes = new ArrayList<>();
        if (replaced != null) {
            changes.add(DatasetChange.of("the last build", replaced, now));
        }
        if (compared) {
            sinceRelease(fineTune, now).ifPresent(changes::add);
        }
        changes.forEach(change -> getLog().info(change.line()));
        DatasetChangeFiles.write(fineTune.output().resolve("dataset"), changes);
    }

    /** Whether a rule or the user asks for the release: no other build needs a repository here. */
    private boolean isReleaseWanted(FineTune fineTune) {
        return baseline == null ? DriftMetric.isWanted(fineTune.spec().acceptance()) : !baseline.equals("none");
    }

    private Optional<DatasetChange> sinceRelease(FineTune fineTune, Side now) throws IOException {
        Baselines.Release release;
        try {
            release = baselines.release(
                    inputGoal(),
                    fineTune,
                    new Baselines.Choice(
                            baseline, "fail", baselineVersionPattern, AdapterFile.classifier(project, classifier)),
                    new DigestCache(fineTune.output().resolve("digests.json")));
        } catch (UnavailableException e) {
            // Only a rule needs the release, and ft:evaluate tells what that means for it.
            getLog().warn("The dataset is not compared with the last release: " + paragraph(e));
            return Optional.empty();
        }
        Path jar = release.jar();
        String name = release.adapter().name();
        if (jar == null || name == null) {
            getLog().info("The dataset is not compared with a release: "
                    + release.adapter().reason());
            return Optional.empty();
        }
        Optional<Side> side = TrainingSets.in(jar, name);
        if (side.isEmpty()) {
            getLog().warn("The dataset is not compared with " + name
                    + ", which carries no fingerprint of its training set.");
        }
        return side.map(then -> DatasetChange.of(name, then, now));
    }
}
