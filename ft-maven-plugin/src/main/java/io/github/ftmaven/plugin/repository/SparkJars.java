package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.worker.Versions;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** The jars that a goal on Spark needs, and on this machine does without. */
public final class SparkJars {
    private final RepositorySystem repositories;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> remotes;
    private final Versions versions;

    SparkJars(
            RepositorySystem repositories,
            RepositorySystemSession session,
            List<RemoteRepository> remotes,
            Versions versions) {
        this.repositories = repositories;
        this.session = session;
        this.remotes = List.copyOf(remotes);
        this.versions = versions;
    }

    /**
     * The jar that runs on Spark, alone: Spark never sees the engine's libraries.
     *
     * @throws InvalidInputException if it can neither be found nor downloaded
     */
    public Path own() {
        DefaultArtifact jar = new DefaultArtifact(versions.group(), "ft-spark", "jar", versions.plugin());
        try {
            return repositories
                    .resolveArtifact(session, new ArtifactRequest(jar, remotes, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new InvalidInputException(
                    "runner.spark needs ft-spark in the version of the plugin: " + e.getMessage(), e);
        }
    }

    /**
     * A Spark for workers of this machine.
     *
     * @throws DependencyResolutionException if something can neither be found nor downloaded
     */
    public List<Path> local() throws DependencyResolutionException {
        CollectRequest collect = new CollectRequest();
        collect.setRepositories(remotes);
        collect.setRoot(new Dependency(
                new DefaultArtifact(versions.group(), "ft-spark-local", "pom", versions.plugin()), "runtime"));
        return repositories
                .resolveDependencies(session, new DependencyRequest(collect, null))
                .getArtifactResults()
                .stream()
                .map(ArtifactResult::getArtifact)
                .filter(artifact -> artifact.getExtension().equals("jar"))
                .map(artifact -> artifact.getFile().toPath())
                .toList();
    }
}
