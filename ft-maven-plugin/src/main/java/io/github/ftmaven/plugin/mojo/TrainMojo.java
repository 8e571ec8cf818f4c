package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.LooseAdapter;
import io.github.ftmaven.plugin.command.CommandRunner;
import io.github.ftmaven.plugin.inputs.Results;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.Terminal;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.report.TrainingSummary;
import io.github.ftmaven.runtime.spec.Runner;
import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.IOException;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Trains the adapter on the dataset that {@code ft:dataset} wrote. Resumes from the last checkpoint if an earlier build
 * was interrupted, and does nothing if the adapter is up to date. Where {@code training.runner} names a service, its job
 * is created, or joined if this training has one. Writes {@code target/ft/train}.
 *
 * @since 0.1.0
 */
@Mojo(name = "train", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, threadSafe = true)
public final class TrainMojo extends WorkerMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.train.skip", defaultValue = "false")
    boolean skipTrain;

    /**
     * A Maven repository for sharing trained results between machines, as {@code URL} or {@code ID::URL}. The ID
     * selects the credentials of a server in the settings. Results found there are not trained again, so trust everyone
     * who may write there.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cacheRepository")
    @Nullable
    String cacheRepository;

    /**
     * Whether to upload trained results to {@code ft.cacheRepository}. Set it only on machines that may write there.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cacheRepository.save", defaultValue = "false")
    boolean saveToCacheRepository;

    @Inject
    TrainMojo(Tools tools) {
        super("train", tools);
    }

    @Override
    boolean skipsGoal() {
        return skipTrain;
    }

    @Override
    Results.Policy keeping() {
        return new Results.Policy(cacheSize, cacheRepository, saveToCacheRepository, true);
    }

    /**
     * Training reads its inputs only at the start. Edits made during hours of training are for the next build and do
     * not change this result.
     */
    @Override
    boolean readsToTheEnd() {
        return false;
    }

    @Override
    StageStamps.Compute compute(StageStamps stamps) {
        return stamps.training();
    }

    @Override
    boolean isHere(FineTune fineTune) {
        return fineTune.spec().training().run().runner() != Runner.COMMAND && !HostedRunner.isIn(fineTune.spec());
    }

    @Override
    void work(FineTune fineTune, Launch launch, WorkRequest request, DigestCache digests)
            throws IOException, WorkerException, DependencyResolutionException {
        Runner runner = fineTune.spec().training().run().runner();
        if (runner == Runner.COMMAND) {
            new CommandRunner(fineTune, launch, digests, getLog(), Terminal.console(getLog(), session)).run(request);
        } else {
            super.work(fineTune, runner == Runner.SPARK ? onSpark(fineTune, launch) : launch, request, digests);
        }
    }

    @Override
    Stage stage(FineTune fineTune) {
        return Stage.train(fineTune.output());
    }

    @Override
    Stamp stamp(FineTune fineTune, StageStamps stamps, @Nullable ReleasedModel released) throws IOException {
        Needs.dataset(fineTune);
        Needs.intact(fineTune, Stage.dataset(fineTune.output()), "read");
        return stamps.train();
    }

    @Override
    Map<String, String> secrets(FineTune fineTune) {
        return HostedRunner.isIn(fineTune.spec()) ? HostedRunner.secrets(fineTune.spec(), session, getLog()) : Map.of();
    }

    /** Deletes the earlier adapter first, so that no one uses it while a new one is trained. */
    @Override
    void begin(FineTune fineTune) throws IOException {
        if (AdapterFile.isMain(project, classifier)) {
            new LooseAdapter(project).delete();
        }
    }

    @Override
    void finish(FineTune fineTune, @Nullable ReleasedModel released) throws IOException {
        if (AdapterFile.isMain(project, classifier)) {
            new LooseAdapter(project).leave(fineTune);
        }
    }

    @Override
    String upToDate(FineTune fineTune) {
        TrainingSummary training = TrainingSummary.read(fineTune.output().resolve("train/training.json"), true);
        return "Adapter is up to date: nothing changed since it was trained"
                + (training.steps() == 0 ? "." : " (" + Counted.of(training.steps(), "step") + ").");
    }
}
