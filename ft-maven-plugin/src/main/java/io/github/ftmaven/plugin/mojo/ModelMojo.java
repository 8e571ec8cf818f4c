package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.build.FileAdvice;
import io.github.ftmaven.plugin.build.UserHome;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.HubException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Objects;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/** A goal that inspects a model and needs no project. */
abstract class ModelMojo extends PrintingMojo {
    /**
     * Whether to allow a hub model at a branch or tag ({@code hf:ORG/NAME@main}), which can change over time.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.allowFloatingRevision", defaultValue = "false")
    boolean allowFloatingRevision;

    /**
     * The directory for unpacked native libraries and unpacked models from Maven repositories. All projects of a user
     * share it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.cacheDirectory", defaultValue = "${user.home}/.m2/ft-cache", required = true)
    @Nullable
    File cacheDirectory;

    private final String goal;

    ModelMojo(String goal) {
        this.goal = goal;
    }

    abstract void run(InputFiles.Goal goal) throws IOException, WorkerException, DependencyResolutionException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            checkSettings();
            if (skip) {
                getLog().info("ft:" + goal + " is skipped: ft.skip is true.");
                return;
            }
            run(new InputFiles.Goal(
                    project,
                    session,
                    getLog(),
                    allowFloatingRevision,
                    UserHome.cache(
                            Objects.requireNonNull(cacheDirectory),
                            () -> session.getRepositorySession()
                                    .getLocalRepository()
                                    .getBasedir())));
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
                    "ft:" + goal + " could not read or write a file: "
                            + FileAdvice.of(
                                    e, Objects.requireNonNull(cacheDirectory).toPath()),
                    harmless(e));
        }
    }
}
