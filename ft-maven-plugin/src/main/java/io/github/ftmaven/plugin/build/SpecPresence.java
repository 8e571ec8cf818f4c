package io.github.ftmaven.plugin.build;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.artifact.AdapterFile;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Decides which modules need no spec. A goal that a parent binds also runs in the parent, and a goal on the command
 * line runs in every module. But if a module's own build binds goals, a missing spec is a mistake: skipping the goals
 * would skip the quality gate.
 */
public record SpecPresence(
        MavenProject project,
        MavenSession session,
        @Nullable MojoExecution execution) {
    /** A sentence that says why there is nothing to do in this module; empty if there is a spec, or should be. */
    public Optional<String> absence(Path spec) {
        if (Files.exists(spec) || AdapterFile.isOnly(project)) {
            return Optional.empty();
        }
        boolean parent = project.getPackaging().equals("pom");
        if (parent && (!isOfTheCommandLine() || session.getProjects().size() > 1)) {
            return Optional.of("there is no " + shown(spec) + " in this module with packaging pom.");
        }
        return isOfTheCommandLine() && isElsewhere(spec)
                ? Optional.of("there is no " + shown(spec) + " in this module, only in others.")
                : Optional.empty();
    }

    /**
     * Rejects a module without a spec. The message helps users who inherit the goals.
     *
     * @throws InvalidInputException if there is none, and the goal is bound to a phase under another packaging than
     *     {@code lora-adapter}
     */
    public void require(Path spec) {
        if (execution != null && !isOfTheCommandLine() && !AdapterFile.isOnly(project) && !Files.exists(spec)) {
            throw new InvalidInputException(shown(spec) + ": no such file. Write this module's spec there. If it"
                    + " needs no spec, do not let it inherit the goals: move them to <pluginManagement> in the"
                    + " parent, or set the property ft.skip in this module.");
        }
    }

    private boolean isOfTheCommandLine() {
        return execution != null && execution.getSource() == MojoExecution.Source.CLI;
    }

    /** Whether another module of the build has a spec at this path. If none has, the path is wrong. */
    private boolean isElsewhere(Path spec) {
        Path basedir = project.getBasedir().toPath();
        return spec.startsWith(basedir)
                && session.getProjects().stream()
                        .anyMatch(other ->
                                Files.exists(other.getBasedir().toPath().resolve(basedir.relativize(spec))));
    }

    private String shown(Path spec) {
        return FineTune.shown(project.getBasedir().toPath(), spec);
    }
}
