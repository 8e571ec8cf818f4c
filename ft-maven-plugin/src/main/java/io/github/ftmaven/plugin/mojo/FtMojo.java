package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.cache.Lease;
import io.github.ftmaven.plugin.stamp.Sha256;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.HubException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * What all goals share. The user's spec, data and quality fail the build as a {@link MojoFailureException}, machines and
 * repositories as a {@link MojoExecutionException}.
 */
abstract class FtMojo extends PrintingMojo {
    /**
     * Skips all goals of this plugin.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.skip", defaultValue = "false")
    boolean skip;

    /**
     * The spec: what is fine-tuned, on what, how, and what is good enough. Paths in it are relative to its own directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.spec", defaultValue = "${project.basedir}/src/main/ft/fine-tune.yaml", required = true)
    File spec;

    /**
     * Where the stages leave their results and what they remember between builds.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.outputDirectory", defaultValue = "${project.build.directory}/ft", required = true)
    File outputDirectory;

    /**
     * Whether a model of a hub may be named by a branch or tag ({@code hf:ORG/NAME@main}), which can become another one.
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
    File cacheDirectory;

    /**
     * The project.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    /**
     * The build.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    private final String goal;

    FtMojo(String goal) {
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

    /** Says that the goal is skipped. */
    void tellSkipped(String sentence) {
        getLog().info(sentence);
    }

    /** What is done when the goal failed. */
    void failed() throws IOException {}

    abstract void run(FineTune fineTune)
            throws IOException, WorkerException, DependencyResolutionException, MojoFailureException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        boolean skipped = skip || skipsGoal();
        if (skipped) {
            tellSkipped("ft:" + goal + " is skipped: " + (skip ? "ft.skip" : "ft." + goal + ".skip") + " is true.");
        }
        boolean done = false;
        try {
            try {
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
                    "ft:" + goal + " needs libraries that cannot be had: " + paragraph(e), harmless(e));
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException(
                    "ft:" + goal + " could not read or write a file: " + paragraph(e), harmless(e));
        }
    }

    private void execute(boolean skipped)
            throws IOException, WorkerException, DependencyResolutionException, MojoFailureException {
        if (isStage()) {
            withdrawVerdict();
        }
        if (skipped) {
            return;
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
        Path basedir = project.getBasedir().toPath().toAbsolutePath().normalize();
        return FineTune.read(basedir, spec.toPath(), output());
    }

    private Path output() {
        return outputDirectory.toPath().toAbsolutePath().normalize();
    }

    /** Not in the output directory itself, where it would be cleaned away. */
    private Lease lease() throws IOException {
        String name = Sha256.of(output().toString().getBytes(StandardCharsets.UTF_8));
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
