package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.UnavailableException;
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
 * What all goals share. The user's spec, data and quality fail the build as a {@link MojoFailureException}, machines and
 * repositories as a {@link MojoExecutionException}.
 */
public abstract class FtMojo extends PrintingMojo {
    /**
     * Skips all goals of this plugin.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.skip", defaultValue = "false")
    public boolean skip;

    /**
     * The spec: what is fine-tuned, on what, how, and what is good enough. Paths in it are relative to its own directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.spec", defaultValue = "${project.basedir}/src/main/ft/fine-tune.yaml", required = true)
    public File spec;

    /**
     * Where the stages leave their results and what they remember between builds.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.outputDirectory", defaultValue = "${project.build.directory}/ft", required = true)
    public File outputDirectory;

    /**
     * The classifier of the packaged adapter. Without it: {@code lora}, and under the packaging {@code lora-adapter} none,
     * because there the adapter is the project's own artifact.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.classifier")
    @Nullable
    String classifier;

    /**
     * Whether models and adapters may be named by what can become another one: of a hub a branch or tag ({@code
     * hf:ORG/NAME@main}), and in the build of a release, a snapshot of a Maven repository ({@code mvn:G:A:1-SNAPSHOT}).
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.allowFloatingRevision", defaultValue = "false")
    boolean allowFloatingRevision;

    /**
     * Where native libraries (some 430 MB) and models from Maven repositories are unpacked, and results are kept for later
     * builds, once for all projects of a user. It can be deleted when no build runs.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cacheDirectory", defaultValue = "${user.home}/.m2/ft-cache", required = true)
    public File cacheDirectory;

    /** Absent where no Maven makes the goal. */
    @Inject
    @Nullable
    BuildCache buildCache;

    private final String goal;

    public FtMojo(String goal) {
        this.goal = goal;
    }

    /** The goal's own switch: {@code ft.<goal>.skip}. */
    abstract boolean skipsGoal();

    /** Whether it writes into the output directory, which only one build at a time may. */
    boolean writes() {
        return true;
    }

    /**
     * Whether it is a step of the build that ends in a verdict: the first thing such a goal does, even one that is skipped,
     * is to take back what an earlier build was judged to be.
     */
    boolean isStage() {
        return false;
    }

    /** Whether a build runs it by itself. */
    boolean isOfTheLifecycle() {
        return isStage();
    }

    /** Says that the goal is skipped. */
    void tellSkipped(String sentence) {
        getLog().info(sentence);
    }

    /** What is done in place of the goal's work when it is skipped. */
    void skipped() throws IOException {}

    /** What is done when the goal failed. */
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
        if (session != null) { // else a program names it
            cacheDirectory = UserHome.cache(
                    cacheDirectory,
                    () -> session.getRepositorySession().getLocalRepository().getBasedir());
        }
    }

    /** A build that goes no further has no verdict either; but where a directory is a mistake, nothing is touched there. */
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
            // Even if it is skipped: it must not be restored in a build that does not skip it.
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
        Lease lease = lease();
        try {
            // Read after the wait, in which it may have been edited.
            run(fineTune());
        } finally {
            lease.close();
        }
    }

    /** Takes back what an earlier build was judged to be. */
    final void withdrawVerdict() throws IOException {
        Path basedir = basedir();
        if (output().equals(basedir) || cacheDirectory.toPath().equals(basedir)) {
            return; // what an empty property makes of them
        }
        EarlierVerdict verdict = EarlierVerdict.of(project, output());
        if (verdict.isThere()) {
            Lease lease = lease();
            try {
                verdict.withdraw();
            } finally {
                lease.close();
            }
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

    /** Not in the output directory itself, where it would be cleaned away. */
    private Lease lease() throws IOException {
        String name = Digests.sha256(RealPath.of(output()).toString().getBytes(StandardCharsets.UTF_8));
        return Lease.await(
                cacheDirectory.toPath().resolve("leases").resolve("project-" + name),
                holder -> getLog().info("ft:" + goal + " waits for " + holder + ", another build of this project."));
    }

    /** What finding a model needs to know of this goal. */
    final InputFiles.Goal inputGoal() {
        return inputGoal(allowFloatingRevision);
    }

    /** The same for a goal that only looks at what an earlier one was allowed to fetch. */
    final InputFiles.Goal inputGoal(boolean floatingRevision) {
        return new InputFiles.Goal(project, session, getLog(), floatingRevision, cacheDirectory);
    }

    /** What reports call the fine-tune. */
    final String name(FineTune fineTune) {
        return Objects.requireNonNullElse(fineTune.spec().name(), project.getArtifactId());
    }

    /** The goal's name, without prefix. */
    final String goal() {
        return goal;
    }
}
