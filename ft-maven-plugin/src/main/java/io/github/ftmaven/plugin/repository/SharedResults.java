package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.plugin.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.deployment.DeployRequest;
import org.eclipse.aether.deployment.DeploymentException;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/**
 * Results in a Maven repository, for builds on other machines. Each is an artifact whose version is its key. It is
 * therefore never replaced, and a release repository accepts it.
 *
 * <p>Results are read from the repository itself, not from a mirror, which may not have the newest ones.
 *
 * <p>The repository itself is asked, as it is written to: what one build put there, a mirror of it may not have.
 */
public final class SharedResults {
    private final RepositorySystem repositories;

    /** Creates it for Maven. */
    @Inject
    public SharedResults(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /**
     * The repository of the results.
     *
     * @param id the ID of the server whose credentials in the settings are used
     */
    public record Place(String id, String url) {}

    /** A result's coordinates. */
    public record Name(String groupId, String artifactId, String key) {
        private Artifact artifact() {
            return new DefaultArtifact(groupId, artifactId, "", "zip", key);
        }
    }

    /**
     * Downloads a result.
     *
     * @param directory an empty directory for the result and the resolver's files
     * @return empty if the repository has none
     * @throws UnavailableException if the repository cannot be asked, or if a checksum does not match
     */
    public Optional<Path> fetch(Place place, RepositorySystemSession session, Name name, Path directory)
            throws UnavailableException {
        RepositorySystemSession once = once(session, directory);
        RepositoryPolicy policy = new RepositoryPolicy(
                true, RepositoryPolicy.UPDATE_POLICY_ALWAYS, RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        RemoteRepository remote = remote(place, session, policy);
        try {
            return Optional.of(repositories
                    .resolveArtifact(once, new ArtifactRequest(name.artifact(), List.of(remote), null))
                    .getArtifact()
                    .getFile()
                    .toPath());
        } catch (ArtifactResolutionException e) {
            if (e.getResult().getExceptions().stream().allMatch(ArtifactNotFoundException.class::isInstance)) {
                return Optional.empty();
            }
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Uploads a result.
     *
     * @param directory an empty directory for the resolver's files
     * @throws UnavailableException if the repository rejects it
     */
    public void publish(Place place, RepositorySystemSession session, Name name, Path file, Path directory)
            throws UnavailableException {
        DeployRequest request = new DeployRequest();
        request.setRepository(remote(place, session, new RepositoryPolicy()));
        request.addArtifact(name.artifact().setFile(file.toFile()));
        try {
            repositories.deploy(once(session, directory), request);
        } catch (DeploymentException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The repository with its own credentials and proxy, without the mirrors of the settings. */
    private RemoteRepository remote(Place place, RepositorySystemSession session, RepositoryPolicy policy) {
        RemoteRepository declared = new RemoteRepository.Builder(place.id(), "default", place.url())
                .setPolicy(policy)
                .build();
        return repositories.newDeploymentRepository(session, declared);
    }

    /** A session with a temporary local repository, so that a miss is not remembered and no second copy is stored. */
    private RepositorySystemSession once(RepositorySystemSession session, Path directory) {
        DefaultRepositorySystemSession once = new DefaultRepositorySystemSession(session);
        once.setWorkspaceReader(null);
        return once.setLocalRepositoryManager(
                repositories.newLocalRepositoryManager(once, new LocalRepository(directory.toFile())));
    }
}
