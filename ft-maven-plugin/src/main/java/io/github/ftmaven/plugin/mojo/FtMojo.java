package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.plugin.artifact.EarlierVerdict;
import io.github.ftmaven.plugin.build.BuildProperties;
import io.github.ftmaven.plugin.build.Claims;
import io.github.ftmaven.plugin.build.FileAdvice;
import io.github.ftmaven.plugin.build.SpecPresence;
import io.github.ftmaven.plugin.build.UserHome;
import io.github.ftmaven.plugin.cache.Lease;
import io.github.ftmaven.plugin.extension.BuildCache;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.source.Coordinates;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.RealPath;
import io.github.ftmaven.runtime.hub.HubException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * What all project goals share. Problems with the user's spec, data or quality fail the build with a
 * {@link MojoFailureException}; problems with machines and repositories with a {@link MojoExecutionException}.
 */
abstract class FtMojo extends PrintingMojo {
    /**
     * The spec file. Paths in it are relative to the spec's own directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.spec", defaultValue = "${project.basedir}/src/main/ft/fine-tune.yaml", required = true)
    File spec;

    /**
     * The directory for the results of all goals and for what they record between builds.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.outputDirectory", defaultValue = "${project.build.directory}/ft", required = true)
    File outputDirectory;

    /**
     * The classifier of the packaged adapter. Defaults to {@code lora}. With the packaging {@code lora-adapter} the
     * default is none, because there the adapter is the project's main artifact.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.classifier")
    @Nullable
    String classifier;

    /**
     * Whether to allow model and adapter references that can change over time: a branch or tag on a hub
     * ({@code hf:ORG/NAME@main}) and, when building a release, a snapshot in a Maven repository
     * ({@code mvn:G:A:1-SNAPSHOT}).
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.allowFloatingRevision", defaultValue = "false")
    boolean allowFloatingRevision;

    /**
     * The directory for unpacked native libraries (about 430 MB), unpacked models from Maven repositories, and cached
     * results. All projects of a user share it. You can delete it when no build is running.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cacheDirectory", defaultValue = "${user.home}/.m2/ft-cache", required = true)
    File cacheDirectory;

    /** Null if Maven did not create this goal. */
    @Inject
    @Nullable
    BuildCache buildCache;

    private final String goal;

    FtMojo(String goal) {
        this.goal = goal;
    }

    /** The switch that skips only this goal: {@code ft.<goal>.skip}. */
    abstract boolean skipsGoal();

    /** Whether the goal writes into the output directory, which only one build at a time may use. */
    boolean writes() {
        return true;
    }

    /**
     * Whether the goal is a stage of the build that ends in a verdict. Such a goal, even if skipped, first withdraws
     * the verdict of an earlier build.
     */
    boolean isStage() {
        return false;
    }

    /**
     * Whether the goal reads or changes the packaged adapter. Only one build at a time may do so, even if each has an
     * output directory of its own.
     */
    boolean touchesArtifact() {
        return false;
    }

    /** Whether the lifecycle runs this goal. */
    boolean isOfTheLifecycle() {
        return isStage();
    }

    /** Reports that the goal is skipped. */
    void tellSkipped(String sentence) {
        getLog().info(sentence);
    }

    /** Runs instead of the goal when the goal is skipped. */
    void skipped() throws IOException {}

    /** Runs when the goal failed. */
    void failed() throws IOException {}

    abstract void run(FineTune fineTune)
            throws IOException, WorkerException, DependencyResolutionException, MojoFailureException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        boolean skipped = skip || skipsGoal();
        boolean done = false;
        try {
            try {
                findCache();
                requireSettings();
                Optional<String> absence = skipped
                        ? Optional.empty()
                        : new SpecPresence(project, session, mojoExecution).absence(spec.toPath());
                if (absence.isPresent()) {
                    getLog().info("ft:" + goal + " has nothing to do: " + absence.get());
                    done = true;
                    return;
                }
                if (skipped) {
                    tellSkipped(
                            "ft:" + goal + " is skipped: " + (skip ? "ft.skip" : "ft." + goal + ".skip") + " is true.");
                }
                execute(skipped);
                done = true;
            } finally {
                if (!done) {
                    failed();
                }
            }
        } catch (InvalidInputException e) {
            throw new MojoFailureException(paragraph(e), harmless(e));
        } catch (InvalidPathException e) {
            throw new MojoFailureException(FileNames.problem(e), harmless(e));
        } catch (WorkerException | HubException | UnavailableException e) {
            throw new MojoExecutionException(paragraph(e), harmless(e));
        } catch (DependencyResolutionException e) {
            throw new MojoExecutionException(
                    "ft:" + goal + " could not resolve the libraries it needs: " + paragraph(e) + offlineAdvice(),
                    harmless(e));
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException(
                    "ft:" + goal + " could not read or write a file: " + FileAdvice.of(e, cacheDirectory.toPath()),
                    harmless(e));
        }
    }

    private void findCache() {
        if (session != null) { // without a session, a program sets the directory
            cacheDirectory = UserHome.cache(
                    cacheDirectory,
                    () -> session.getRepositorySession().getLocalRepository().getBasedir());
        }
    }

    /** A build that stops here has no verdict either. But if a directory setting is wrong, nothing is touched there. */
    private void requireSettings() throws IOException {
        boolean right = false;
        try {
            checkSettings();
            right = true;
        } finally {
            if (!right && isStage()) {
                withdrawVerdict();
            }
        }
    }

    private void execute(boolean skipped)
            throws IOException, WorkerException, DependencyResolutionException, MojoFailureException {
        if (isOfTheLifecycle() && buildCache != null) {
            // Also if skipped, so that a later build that does not skip this goal cannot restore it.
            buildCache.requireLeftAlone(session, project);
        }
        if (isStage()) {
            withdrawVerdict();
        }
        if (skipped) {
            skipped();
            return;
        }
        if (spec.isFile()) {
            new Claims(project).output(output(), spec.toPath());
        }
        if (!writes()) {
            run(fineTune());
            return;
        }
        Lease lease = lease(output());
        try {
            if (touchesArtifact()) {
                runWithArtifact();
            } else {
                // Read after the wait, because the spec may have been edited meanwhile.
                run(fineTune());
            }
        } finally {
            lease.close();
        }
    }

    /** Runs the goal while no other build of the project changes the packaged adapter. */
    private void runWithArtifact()
            throws IOException, WorkerException, DependencyResolutionException, MojoFailureException {
        Lease lease = artifactLease();
        try {
            run(fineTune());
        } finally {
            lease.close();
        }
    }

    /** Withdraws the verdict of an earlier build. */
    final void withdrawVerdict() throws IOException {
        Path basedir = basedir();
        if (output().equals(basedir) || cacheDirectory.toPath().equals(basedir)) {
            return; // an empty property resolves to the base directory
        }
        EarlierVerdict verdict = EarlierVerdict.of(project, output());
        if (verdict.isThere()) {
            Lease lease = lease(output());
            try {
                withdraw(verdict);
            } finally {
                lease.close();
            }
        }
    }

    private void withdraw(EarlierVerdict verdict) throws IOException {
        Lease lease = artifactLease();
        try {
            verdict.withdraw();
        } finally {
            lease.close();
        }
    }

    private FineTune fineTune() {
        new SpecPresence(project, session, mojoExecution).require(spec.toPath());
        FineTune fineTune = FineTune.read(
                basedir(),
                spec.toPath(),
                output(),
                declared ->
                        Coordinates.resolve(declared, () -> new BuildProperties(project, session.getUserProperties())));
        if (isOfTheLifecycle() && buildCache != null) {
            buildCache.tell(session, project, fineTune, System.getenv());
        }
        return fineTune;
    }

    private Path basedir() {
        return project.getBasedir().toPath().toAbsolutePath().normalize();
    }

    private Path output() {
        return outputDirectory.toPath().toAbsolutePath().normalize();
    }

    /** Builds with another output directory write the same jar. This lease is always taken after that of the output. */
    private Lease artifactLease() throws IOException {
        return lease(AdapterFile.of(project, null));
    }

    /** The lease is outside the project, so that {@code clean} does not delete it. */
    private Lease lease(Path path) throws IOException {
        String name = Digests.sha256(RealPath.of(path).toString().getBytes(StandardCharsets.UTF_8));
        return Lease.await(
                cacheDirectory.toPath().resolve("leases").resolve("project-" + name),
                holder -> getLog().info("ft:" + goal + " waits for " + holder + ", another build of this project."));
    }

    /** What it takes to find a model for this goal. */
    final InputFiles.Goal inputGoal() {
        return inputGoal(allowFloatingRevision);
    }

    /** The same for a goal that only reads what an earlier goal was allowed to fetch. */
    final InputFiles.Goal inputGoal(boolean floatingRevision) {
        return new InputFiles.Goal(project, session, getLog(), floatingRevision, cacheDirectory);
    }

    /** The name of the fine-tune in reports. */
    final String name(FineTune fineTune) {
        return Objects.requireNonNullElse(fineTune.spec().name(), project.getArtifactId());
    }

    /** The goal's name without its prefix. */
    final String goal() {
        return goal;
    }
}
