package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.artifact.Reuse;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.inputs.Results;
import io.github.ftmaven.plugin.repository.CudaArtifacts;
import io.github.ftmaven.plugin.repository.Platform;
import io.github.ftmaven.plugin.repository.WorkerClassPath;
import io.github.ftmaven.plugin.spark.SparkLaunch;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.plugin.worker.ForkedWorker;
import io.github.ftmaven.plugin.worker.JavaExecutable;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.Terminal;
import io.github.ftmaven.plugin.worker.WorkerEnvironment;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.spec.RunnerSpec;
import io.github.ftmaven.runtime.worker.Versions;
import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/** A goal that runs its work in a forked process unless its result is up to date. */
abstract class WorkerMojo extends ComputeMojo {
    /**
     * The {@code java} executable for the worker, Java 17 or later. Defaults to the JDK toolchain that the build
     * selects, otherwise to the Java that runs Maven.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.jvm")
    @Nullable
    String jvm;

    /**
     * Arguments for the worker's JVM, such as {@code -Xmx4g}. Weights and gradients are not on the Java heap.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.argLine", defaultValue = "")
    @Nullable
    String argLine;

    /**
     * The timeout in seconds after which the worker is stopped and the goal fails; 0 means no timeout. The next build
     * resumes a stopped training from its last checkpoint.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.forkedProcessTimeoutInSeconds", defaultValue = "0")
    long forkedProcessTimeoutInSeconds;

    private final Tools tools;

    WorkerMojo(String goal, Tools tools) {
        super(goal);
        this.tools = tools;
    }

    /** The services that goals with a worker share. */
    static final class Tools {
        private final InputFiles inputFiles;
        private final WorkerClassPath classPath;
        private final CudaArtifacts cuda;
        private final JavaExecutable javaExecutable;
        private final Results results;

        @Inject
        Tools(
                InputFiles inputFiles,
                WorkerClassPath classPath,
                CudaArtifacts cuda,
                JavaExecutable javaExecutable,
                Results results) {
            this.inputFiles = inputFiles;
            this.classPath = classPath;
            this.cuda = cuda;
            this.javaExecutable = javaExecutable;
            this.results = results;
        }
    }

    /** How results are cached and shared. */
    Results.Policy keeping() {
        return new Results.Policy(cacheSize, null, false, true);
    }

    abstract Stage stage(FineTune fineTune);

    /**
     * The inputs that the stage's result depends on.
     *
     * @param released what {@link #released} found
     * @throws InvalidInputException if an input is missing
     */
    abstract Stamp stamp(FineTune fineTune, StageStamps stamps, @Nullable ReleasedModel released) throws IOException;

    abstract String upToDate(FineTune fineTune);

    /** Whether the worker reads inputs until it ends, not only before it starts to compute. */
    boolean readsToTheEnd() {
        return true;
    }

    /** Runs before the stage computes a new result. */
    void begin(FineTune fineTune) throws IOException {}

    /**
     * Runs after the stage in every build, even if its result is up to date.
     *
     * @param released what {@link #released} found
     */
    void finish(FineTune fineTune, @Nullable ReleasedModel released) throws IOException {}

    /** What the goal computes on, if not on this machine. */
    StageStamps.Compute compute(StageStamps stamps) {
        return stamps.here();
    }

    /** Whether the goal's work runs on this machine. */
    boolean isHere(FineTune fineTune) {
        return true;
    }

    /**
     * Does the work.
     *
     * @param launch how to start a worker on this machine
     */
    void work(FineTune fineTune, Launch launch, WorkRequest request, DigestCache digests)
            throws IOException, WorkerException, DependencyResolutionException {
        new ForkedWorker(launch, Terminal.console(getLog(), session)).run(request);
    }

    /** The start of a worker that leads others on the spec's cluster of Spark. */
    final Launch onSpark(FineTune fineTune, Launch launch) throws IOException, DependencyResolutionException {
        RunnerSpec places = Objects.requireNonNull(fineTune.spec().outside().runner(), "runner");
        return SparkLaunch.of(
                Objects.requireNonNull(places.spark(), "runner.spark"),
                launch,
                threads(),
                tools.classPath.spark(project, session.getRepositorySession(), Versions.current()));
    }

    /** Whether the goal reads the base's weights, not only its configuration and tokenizer. */
    boolean needsWeights() {
        return true;
    }

    /** Environment variables that the worker alone gets. They are in no file and no command line. */
    Map<String, String> secrets(FineTune fineTune) {
        return Map.of();
    }

    /** More modules of this project that the worker needs. */
    Set<String> modules(FineTune fineTune) {
        return Set.of();
    }

    /** Identifies how the goal encodes rows; null unless it does. */
    @Nullable
    String encoding(StageStamps stamps) throws IOException {
        return null;
    }

    /** The packaged adapter; null unless the goal reads it. */
    @Nullable
    Path artifact() {
        return null;
    }

    /** The released adapter; null unless the goal compares with it. */
    @Nullable
    ReleasedModel released(FineTune fineTune, DigestCache digests) throws IOException {
        return null;
    }

    @Override
    boolean isStage() {
        return true;
    }

    @Override
    final void run(FineTune declared) throws IOException, WorkerException, DependencyResolutionException {
        FineTune fineTune = tools.inputFiles.fetch(inputGoal(), declared, needsWeights());
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        WorkerEnvironment environment = environment();
        Platform platform = Platform.current();
        Stage stage = stage(fineTune);
        ReleasedModel released = released(fineTune, digests);
        StageStamps described = stamps(fineTune, digests);
        Stamp stamp = stamp(fineTune, described, released);

        Stamps stamps = new Stamps(fineTune.project(), digests);
        Stamps.Decision decision = stamps.decide(stage, stamp);
        if (!decision.run()) {
            Reuse.of(project, fineTune.output()).record(goal(), true);
            digests.save();
            getLog().info(upToDate(fineTune));
            finish(fineTune, released);
            return;
        }
        decision.reason().ifPresent(getLog()::info);
        begin(fineTune);

        Path logs = fineTune.output().resolve("logs");
        Path artifact = artifact();
        StageStamps.Compute compute = compute(described);
        WorkRequest request = WorkRequest.of(
                goal(),
                new WorkRequest.Setting(
                        fineTune.shown(fineTune.output()),
                        fineTune.shown(ForkedWorker.journal(logs, goal())),
                        compute.device(),
                        compute.threads()),
                new WorkRequest.Declared(
                        fineTune.shown(fineTune.specFile()),
                        inputs(fineTune),
                        stamp.key(),
                        artifact == null ? null : fineTune.shown(artifact),
                        released,
                        encoding(described)));
        boolean taken = tools.results.bring(inputGoal(), fineTune, keeping(), stage, stamp, () -> {
            WorkerEnvironment whole = environment.with(secrets(fineTune));
            if (isHere(fineTune) && environment.needsArtifacts()) {
                tools.cuda.install(
                        project, session.getRepositorySession(), platform, cacheDirectory.toPath(), getLog()::info);
            }
            if (isHere(fineTune) && needsWeights()) {
                environment.sentence().ifPresent(getLog()::info);
            }
            List<Path> libraries = tools.classPath.resolve(
                    project,
                    session.getRepositorySession(),
                    Versions.current(),
                    platform,
                    compute.device(),
                    modules(fineTune));
            Launch launch = new Launch(
                    tools.javaExecutable.find(jvm, session),
                    Launch.MAIN_CLASS,
                    libraries,
                    Launch.arguments("ft.argLine", argLine),
                    whole,
                    fineTune.project(),
                    logs,
                    Duration.ofSeconds(forkedProcessTimeoutInSeconds));
            requireUnchanged(fineTune, stamp, released, "while ft:" + goal() + " got ready");
            work(fineTune, launch, request, digests);
            if (readsToTheEnd()) {
                requireUnchanged(fineTune, stamp, released, "while ft:" + goal() + " ran");
            }
        });
        Reuse.of(project, fineTune.output()).record(goal(), taken);
        stamps.record(stage, stamp);
        finish(fineTune, released);
    }

    /**
     * Rejects inputs that changed during the run. The worker reads them itself, so its result would be stored under the
     * wrong stamp.
     */
    private void requireUnchanged(FineTune fineTune, Stamp stamp, @Nullable ReleasedModel released, String when)
            throws IOException {
        FineTune again = fineTune.readAgain();
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        List<String> changes = stamp(again, stamps(again, digests), released).changesSince(stamp);
        if (!changes.isEmpty()) {
            throw new InvalidInputException(Stamps.named(changes) + " changed " + when + ". Build again.");
        }
    }

    private static Inputs inputs(FineTune fineTune) {
        Located base = fineTune.located().base();
        Located start = fineTune.located().startFrom();
        return new Inputs(
                fineTune.shown(base.path()),
                base.display(),
                base.name(),
                base.revision(),
                start == null ? null : fineTune.shown(start.path()),
                fineTune.located().data());
    }
}
