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
 * Which modules need no spec. A goal that a parent binds runs in that parent too, and one of the command line in every
 * module. Where a module's own build binds goals, a spec that is not there is a mistake: skipped, its gate would stand
 * open.
 */
public record SpecPresence(
        MavenProject project,
        MavenSession session,
        @Nullable MojoExecution execution) {
    /** Why there is nothing to do in this module, in a sentence; empty if there is, or should be. */
    public Optional<String> absence(Path spec) {
        if (Files.exists(spec) || AdapterFile.isOnly(project)) {
            return Optional.empty();
        }
        boolean parent = project.getPackaging().equals("pom");
        if (parent && (!isOfTheCommandLine() || session.getProjects().size() > 1)) {
            return Optional.of("there is no " + shown(spec) + " in this module of packaging pom.");
        }
        return isOfTheCommandLine() && isElsewhere(spec)
                ? Optional.of("there is no " + shown(spec) + " in this module, but in others.")
                : Optional.empty();
    }

    /**
     * Refuses a module without a spec in words for whoever inherits the goals.
     *
     * @throws InvalidInputException if there is none, and the goal is bound to a phase under another packaging than
     *     {@code lora-adapter}
     */
    public void require(Path spec) {
        if (execution != null && !isOfTheCommandLine() && !AdapterFile.isOnly(project) && !Files.exists(spec)) {
            throw new InvalidInputException(shown(spec) + ": no such file. Write this module's spec there. If it is to"
                    + " have none, let its build not inherit the goals: put them under <pluginManagement> of the parent,"
                    + " or set the property ft.skip in this module.");
        }
    }

    private boolean isOfTheCommandLine() {
        return execution != null && execution.getSource() == MojoExecution.Source.CLI;
    }

    /** Whether another module of the build has it where this one has not: else its name is wrong. */
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
