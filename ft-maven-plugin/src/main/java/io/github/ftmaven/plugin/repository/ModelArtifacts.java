package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.source.Artifacts;
import io.github.ftmaven.plugin.source.Coordinates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.ArtifactProperties;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Resolves models as artifacts with Maven's own resolver, including its mirrors, credentials, proxies and checksums.
 */
public final class ModelArtifacts {
    private final RepositorySystem repositories;

    /** Creates it for Maven. */
    @Inject
    public ModelArtifacts(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /** Artifacts of the build's modules and of the project's repositories. */
    public Artifacts of(MavenProject project, MavenSession build) {
        RepositorySystemSession session = build.getRepositorySession();
        DefaultRepositorySystemSession released = new DefaultRepositorySystemSession(session);
        released.setWorkspaceReader(null);
        return new ModuleArtifacts(project, build, of(project, session), of(project, released));
    }

    /** Artifacts of the project's repositories. */
    public Artifacts of(MavenProject project, RepositorySystemSession session) {
        return new Artifacts() {
            @Override
            public Optional<Path> local(String key, Coordinates coordinates) {
                DefaultRepositorySystemSession offline = new DefaultRepositorySystemSession(session);
                offline.setOffline(true);
                try {
                    return Optional.of(find(project, offline, coordinates));
                } catch (ArtifactResolutionException e) {
                    return Optional.empty();
                }
            }

            @Override
            public Path resolve(String key, Coordinates coordinates) throws UnavailableException {
                try {
                    return find(project, session, coordinates);
                } catch (ArtifactResolutionException e) {
                    throw new UnavailableException(key + ": " + e.getMessage(), e);
                }
            }
        };
    }

    private Path find(MavenProject project, RepositorySystemSession session, Coordinates coordinates)
            throws ArtifactResolutionException {
        Artifact artifact = new DefaultArtifact(
                coordinates.groupId(),
                coordinates.artifactId(),
                coordinates.classifier(),
                coordinates.type(),
                coordinates.version());
        if (coordinates.classifier().isEmpty()) {
            // Without it, Maven ignores the classes of a module that is not packaged yet.
            artifact = artifact.setProperties(Map.of(ArtifactProperties.TYPE, coordinates.type()));
        }
        ArtifactRequest request =
                new ArtifactRequest(artifact, List.copyOf(project.getRemoteProjectRepositories()), null);
        return repositories
                .resolveArtifact(session, request)
                .getArtifact()
                .getFile()
                .toPath();
    }
}
