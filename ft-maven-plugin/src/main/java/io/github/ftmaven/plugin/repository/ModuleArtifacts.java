package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.source.Artifacts;
import io.github.ftmaven.plugin.source.Coordinates;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.execution.ProjectDependencyGraph;
import org.apache.maven.project.MavenProject;

/**
 * Models and adapters that may be modules of the same build.
 *
 * @param all finds artifacts as Maven does in a build: other modules first, then repositories
 * @param released finds artifacts only in repositories
 */
record ModuleArtifacts(MavenProject project, MavenSession session, Artifacts all, Artifacts released)
        implements Artifacts {
    @Override
    public Optional<Path> local(String key, Coordinates coordinates) {
        return artifacts(key, coordinates).local(key, coordinates);
    }

    @Override
    public Path resolve(String key, Coordinates coordinates) throws IOException {
        Artifacts artifacts = artifacts(key, coordinates);
        try {
            return artifacts.resolve(key, coordinates);
        } catch (UnavailableException e) {
            if (artifacts == all && isModule(coordinates)) {
                throw new InvalidInputException(
                        key + ": " + coordinates.declared()
                                + " is a module of this build that has not packaged it yet. Run mvn package or a"
                                + " later phase.",
                        e);
            }
            throw e;
        }
    }

    /** A project's own earlier artifact comes from a repository, because this build has not made the new one yet. */
    private Artifacts artifacts(String key, Coordinates coordinates) {
        if (isOf(project, coordinates)) {
            return released;
        }
        if (isModule(coordinates) && !isBuiltBefore(coordinates)) {
            throw new InvalidInputException(key + ": " + coordinates.declared()
                    + " is a module of this build, but this module does not depend on it, so Maven may build it"
                    + " later. Declare it as a <dependency> with <scope>provided</scope>, so that it is not passed"
                    + " on.");
        }
        return all;
    }

    private boolean isModule(Coordinates coordinates) {
        return session.getProjects().stream().anyMatch(module -> isOf(module, coordinates));
    }

    private boolean isBuiltBefore(Coordinates coordinates) {
        ProjectDependencyGraph graph = session.getProjectDependencyGraph();
        return graph == null
                || graph.getUpstreamProjects(project, true).stream().anyMatch(module -> isOf(module, coordinates));
    }

    private static boolean isOf(MavenProject module, Coordinates coordinates) {
        return module.getGroupId().equals(coordinates.groupId())
                && module.getArtifactId().equals(coordinates.artifactId())
                && module.getVersion().equals(coordinates.version());
    }
}
