package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.repository.CudaArtifacts;
import io.github.ftmaven.plugin.repository.Platform;
import io.github.ftmaven.plugin.repository.WorkerClassPath;
import io.github.ftmaven.runtime.hardware.Gpu;
import io.github.ftmaven.runtime.worker.Versions;
import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/** Runs a task without a spec or a result in its own process. */
public final class StandaloneWorker {
    private final WorkerClassPath classPath;
    private final CudaArtifacts cuda;
    private final JavaExecutable javaExecutable;

    @Inject
    StandaloneWorker(WorkerClassPath classPath, CudaArtifacts cuda, JavaExecutable javaExecutable) {
        this.classPath = classPath;
        this.cuda = cuda;
        this.javaExecutable = javaExecutable;
    }

    /**
     * What the task computes on.
     *
     * @param cuda where a libtorch for CUDA comes from, as in {@link DeviceChoice}
     * @param threads CPU threads; 0 for as many as there are processors
     * @param jvm the {@code java} executable; null for the build's
     */
    public record Compute(
            String device,
            String cuda,
            int threads,
            @Nullable String jvm) {}

    /** Runs a task and returns its result. */
    public Map<String, Object> run(InputFiles.Goal goal, String task, Compute compute, Map<String, String> parameters)
            throws IOException, WorkerException, DependencyResolutionException {
        WorkerEnvironment environment = new DeviceChoice(compute.device(), compute.cuda(), Map.of())
                .environment(
                        System.getenv(),
                        Gpu::find,
                        Versions.current().libtorch(),
                        goal.cacheDirectory().toPath());
        return run(goal, task, environment, compute, parameters);
    }

    /** The same in an environment that was chosen before. */
    public Map<String, Object> run(
            InputFiles.Goal goal,
            String task,
            WorkerEnvironment environment,
            Compute compute,
            Map<String, String> parameters)
            throws IOException, WorkerException, DependencyResolutionException {
        Versions versions = Versions.current();
        Path cache = goal.cacheDirectory().toPath();
        if (environment.needsArtifacts()) {
            cuda.install(
                    goal.project(), goal.session().getRepositorySession(), Platform.current(), cache, goal.log()::info);
        }
        return PrivateDirectory.during(task, logs -> run(goal, task, compute, parameters, versions, environment, logs));
    }

    private Map<String, Object> run(
            InputFiles.Goal goal,
            String task,
            Compute compute,
            Map<String, String> parameters,
            Versions versions,
            WorkerEnvironment environment,
            Path logs)
            throws IOException, WorkerException, DependencyResolutionException {
        WorkRequest request = WorkRequest.of(
                task,
                new WorkRequest.Setting(
                        logs.toString(),
                        ForkedWorker.journal(logs, task).toString(),
                        environment.device(),
                        compute.threads() > 0
                                ? compute.threads()
                                : Runtime.getRuntime().availableProcessors()),
                parameters);
        Launch launch = new Launch(
                javaExecutable.find(compute.jvm(), goal.session()),
                Launch.MAIN_CLASS,
                classPath.resolve(
                        goal.project(),
                        goal.session().getRepositorySession(),
                        versions,
                        Platform.current(),
                        environment.device(),
                        Set.of()),
                List.of(),
                environment,
                Path.of("").toAbsolutePath(),
                logs,
                Duration.ZERO);
        return new ForkedWorker(launch, Terminal.console(goal.log(), goal.session())).run(request);
    }
}
