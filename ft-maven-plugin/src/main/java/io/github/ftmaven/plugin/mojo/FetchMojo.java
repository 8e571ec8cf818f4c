package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.inputs.Baselines;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.repository.CudaArtifacts;
import io.github.ftmaven.plugin.repository.Platform;
import io.github.ftmaven.plugin.repository.WorkerClassPath;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.worker.DeviceChoice;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.files.FetchedFile;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.spec.DriftMetric;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads everything that the other goals would download for this project, so that a later build works with
 * {@code -o}: the base, the adapter that training starts from, data of hubs and repositories, the libraries of the worker, and the last release if a
 * rule compares with it. Computes nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "fetch", threadSafe = true)
public final class FetchMojo extends FtMojo {
    /**
     * Skips this goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.fetch.skip", defaultValue = "false")
    boolean skipFetch;

    /**
     * The platform of the later build: {@code linux-x86_64}, {@code linux-aarch64}, {@code osx-aarch64} or
     * {@code win-x86_64}. Defaults to this platform.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.platform")
    @Nullable
    String platform;

    /**
     * The device of the later build. With {@code cuda}, libtorch is not downloaded, because the user supplies it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.device", defaultValue = "auto")
    String device;

    /**
     * Where libtorch for CUDA comes from, as for {@code ft:train}. With {@code maven}, it is downloaded and unpacked
     * unless the device is {@code cpu}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cuda", defaultValue = "path")
    String cuda;

    /**
     * The adapter that {@code over: released} rules compare with, as for {@code ft:evaluate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline")
    @Nullable
    String baseline;

    /**
     * What to do if the last release cannot be determined or downloaded, as for {@code ft:evaluate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.onUnavailable", defaultValue = "fail")
    String baselineOnUnavailable;

    /**
     * A regular expression for versions that count as a release, as for {@code ft:evaluate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.baseline.versionPattern")
    @Nullable
    String baselineVersionPattern;

    private final InputFiles inputFiles;
    private final WorkerClassPath classPath;
    private final CudaArtifacts cudaArtifacts;
    private final Baselines baselines;

    @Inject
    FetchMojo(InputFiles inputFiles, WorkerClassPath classPath, CudaArtifacts cudaArtifacts, Baselines baselines) {
        super("fetch");
        this.inputFiles = inputFiles;
        this.classPath = classPath;
        this.cudaArtifacts = cudaArtifacts;
        this.baselines = baselines;
    }

    @Override
    boolean skipsGoal() {
        return skipFetch;
    }

    @Override
    boolean writes() {
        return false;
    }

    @Override
    void run(FineTune declared) throws IOException, DependencyResolutionException {
        Platform wanted = platform == null ? Platform.current() : Platform.named(platform);
        FineTune fineTune = inputFiles.fetch(inputGoal(), declared, true);
        getLog().info("Available offline: the base, "
                + fineTune.located().base().display() + ".");
        Located start = fineTune.located().startFrom();
        if (start != null) {
            getLog().info("Available offline: the adapter to start from, " + start.display() + ".");
        }
        List<FetchedFile> data = fineTune.located().data();
        if (!data.isEmpty()) {
            getLog().info("Available offline: " + Counted.of(data.size(), "file") + " of the dataset, from "
                    + String.join(", ", fineTune.remoteData()) + ".");
        }
        List<Path> libraries = classPath.resolve(
                project,
                session.getRepositorySession(),
                Versions.current(),
                wanted,
                device.equals("cuda") ? "cuda" : "cpu",
                fineTune.rowModules());
        getLog().info("Available offline: " + libraries.size() + " libraries of the worker, for " + wanted.classifier()
                + ".");
        if (new DeviceChoice(device, cuda, Map.of()).mayUseMaven()) {
            cudaArtifacts.install(
                    project, session.getRepositorySession(), wanted, cacheDirectory.toPath(), getLog()::info);
            getLog().info("Available offline: libtorch for CUDA.");
        }
        Baselines.Choice choice = new Baselines.Choice(
                baseline, baselineOnUnavailable, baselineVersionPattern, AdapterFile.classifier(project, classifier));
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        ReleasedModel released = baselines.find(inputGoal(), fineTune, choice, digests);
        if (released == null && DriftMetric.isWanted(fineTune.spec().acceptance())) {
            ReleasedAdapter release =
                    baselines.release(inputGoal(), fineTune, choice, digests).adapter();
            getLog().info("Rules on drift: " + release.reason());
        }
        if (released != null) {
            getLog().info("Rules over: released: " + released.baseline().reason());
            if (released.problem() != null) {
                getLog().warn("The base of that release is not available offline: " + released.problem());
            }
        }
    }
}
