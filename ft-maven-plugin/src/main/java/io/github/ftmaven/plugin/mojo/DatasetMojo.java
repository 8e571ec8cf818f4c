package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.job.ReleasedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    @Inject
    DatasetMojo(Tools tools) {
        super("dataset", tools);
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

    /** Repeats the warnings in every build, even if the dataset is up to date. */
    @Override
    void finish(FineTune fineTune, @Nullable ReleasedModel released) {
        List<String> warnings = new DatasetStore(fineTune.output()).report().warnings();
        warnings.forEach(getLog()::warn);
        if (!warnings.isEmpty()) {
            Path report = fineTune.output().resolve("dataset/report.html");
            getLog().info("The report: " + FineTune.shown(Path.of("").toAbsolutePath(), report));
        }
    }
}
