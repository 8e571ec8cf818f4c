package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.repository.WorkerClassPath;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.worker.JavaExecutable;
import java.io.IOException;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

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
     * The classifier under which {@code ft:package} attached the adapter, in a project of another packaging than
     * {@code lora-adapter}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.classifier", defaultValue = "lora")
    String classifier;

    @Inject
    EvaluateMojo(InputFiles inputFiles, WorkerClassPath classPath, JavaExecutable javaExecutable) {
        super("evaluate", inputFiles, classPath, javaExecutable);
    }

    @Override
    boolean skipsGoal() {
        return skipEvaluate;
    }

    @Override
    Stage stage(FineTune fineTune) {
        return Stage.evaluate(fineTune.output());
    }

    @Override
    Stamp stamp(FineTune fineTune, StageStamps stamps) throws IOException {
        Needs.dataset(fineTune);
        Needs.artifact(fineTune, artifact());
        return stamps.evaluate(artifact());
    }

    @Override
    Path artifact() {
        return AdapterFile.of(project, classifier);
    }

    @Override
    String upToDate(FineTune fineTune) {
        return "Scores are up to date: nothing changed since they were measured.";
    }
}
