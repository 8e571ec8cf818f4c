package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.runtime.error.FileProblem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalArtifactRequest;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.resolution.VersionRangeResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.MetadataNotFoundException;
import org.eclipse.aether.transfer.RepositoryOfflineException;
import org.eclipse.aether.version.Version;
import org.jspecify.annotations.Nullable;

/**
 * The adapter of a project that was released last: the newest version in a remote repository.
 *
 * <p>It is looked for through a local repository of its own, {@code .cache/ft-released} below the user's, where nothing is
 * ever installed. The user's own would let an installed version stand before the released one of the same number, and
 * report it as no release at all.
 *
 * <p>The resolver reports a repository that cannot be asked beside an empty list of versions, not as an exception. Here
 * that is an error, since "nothing was released" lets any quality pass.
 */
public final class ReleasedAdapters {
    private static final String LOCAL = ".cache/ft-released";

    /** Where the parser of metadata begins to tell of its own state. */
    private static final Pattern STATE_OF_THE_PARSER = Pattern.compile(" \\(position: | caused by: ");

    private final RepositorySystem repositories;

    /** For Maven to inject. */
    @Inject
    public ReleasedAdapters(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /**
     * What is looked for.
     *
     * @param classifier empty for the main artifact
     * @param below the version that is being built: only older ones are looked at
     * @param versions what a version must match as a whole to count; null for any
     * @param tolerant whether what cannot be found out is told, not thrown
     */
    public record Wanted(
            String groupId,
            String artifactId,
            String classifier,
            String below,
            @Nullable Pattern versions,
            boolean tolerant) {
        private Artifact artifact(String version) {
            return new DefaultArtifact(groupId, artifactId, classifier, "jar", version);
        }
    }

    /**
     * What was found.
     *
     * @param name {@code groupId:artifactId:version}
     * @param repository the id of the repository that released it
     */
    public record Released(String name, Path file, String repository) {}

    /** Hears what the user should know of the search, in sentences. */
    public interface Listener {
        /** A release that has no such artifact. */
        void passedOver(String sentence);

        /** An adapter that is not what was released. */
        void altered(String sentence);

        /** What cannot be found out, if that is tolerated. */
        void unavailable(String sentence);
    }

    /**
     * The repositories of a project with the one it is released to, which may be none of those it reads from.
     *
     * @param id whose credentials, mirror and proxy in the settings are used
     */
    public List<RemoteRepository> with(
            List<RemoteRepository> remotes, RepositorySystemSession session, String id, String url) {
        RemoteRepository releases = new RemoteRepository.Builder(id, "default", url).build();
        List<RemoteRepository> all = new ArrayList<>(remotes);
        for (RemoteRepository remote : repositories.newResolutionRepositories(session, List.of(releases))) {
            if (remotes.stream().noneMatch(known -> known.getUrl().equals(remote.getUrl()))) {
                // The resolver keeps the metadata of two repositories of one id in one file.
                boolean known = remotes.stream().anyMatch(each -> each.getId().equals(remote.getId()));
                all.add(
                        known
                                ? new RemoteRepository.Builder(remote)
                                        .setId(remote.getId() + "-releases")
                                        .build()
                                : remote);
            }
        }
        return all;
    }

    /**
     * Looks for the last release.
     *
     * @return empty if every repository answered that there is none
     * @throws UnavailableException if a repository cannot be asked, or what it sends is not what it promised
     */
    public Optional<Released> last(
            List<RemoteRepository> remotes, RepositorySystemSession session, Wanted wanted, Listener told)
            throws UnavailableException {
        RepositorySystemSession remoteOnly = remoteOnly(session);
        VersionRangeResult range = range(remoteOnly, remotes, wanted);
        List<Version> versions = released(range, wanted);
        Optional<Exception> failure = range.getExceptions().stream()
                .filter(e -> !isAnswer(e, !versions.isEmpty()))
                .findFirst();
        if (failure.isPresent()) {
            complain(wanted, "Which version of " + name(wanted, "") + " was released last", failure.get(), told);
        }
        for (Version version : versions) {
            ArtifactRequest request = new ArtifactRequest(wanted.artifact(version.toString()), remotes, null);
            boolean kept = isKept(remoteOnly, request);
            try {
                ArtifactResult result = repositories.resolveArtifact(remoteOnly, request);
                if (kept && failure.isEmpty() && !session.isOffline()) {
                    result = verified(result, remoteOnly, request, wanted, told);
                }
                return Optional.of(new Released(
                        name(wanted, ":" + version),
                        result.getArtifact().getFile().toPath(),
                        range.getRepository(version).getId()));
            } catch (ArtifactResolutionException e) {
                if (!isMissing(e)) {
                    complain(wanted, "The released adapter " + name(wanted, ":" + version), e, told);
                    return Optional.empty();
                }
                told.passedOver(name(wanted, ":" + version) + " was released without "
                        + (wanted.classifier().isEmpty()
                                ? "its jar"
                                : "an artifact of the classifier " + wanted.classifier())
                        + ": an older release is looked for.");
            }
        }
        return Optional.empty();
    }

    /** Whether an earlier build fetched it. */
    private static boolean isKept(RepositorySystemSession session, ArtifactRequest request) {
        return session.getLocalRepositoryManager()
                .find(session, new LocalArtifactRequest(request.getArtifact(), request.getRepositories(), null))
                .isAvailable();
    }

    /**
     * An adapter that an earlier build fetched, if a repository still gives its checksum; else the one that it has now. The
     * checksum that was kept beside the file could have been changed with it.
     */
    private ArtifactResult verified(
            ArtifactResult kept, RepositorySystemSession session, ArtifactRequest request, Wanted wanted, Listener told)
            throws UnavailableException, ArtifactResolutionException {
        Path file = kept.getArtifact().getFile().toPath();
        try {
            Optional<Boolean> same = new RemoteChecksums(repositories).areOf(file, session, request);
            if (same.isPresent() && same.get()) {
                return kept;
            }
            if (same.isPresent()) {
                told.altered(name(wanted, ":" + request.getArtifact().getVersion()) + " in " + LOCAL
                        + " is not what was released: it was altered or damaged since, and is fetched again.");
            }
            Files.delete(file);
            return repositories.resolveArtifact(session, request);
        } catch (IOException e) {
            throw new UnavailableException(file + " cannot be verified: " + FileProblem.of(e), e);
        }
    }

    private VersionRangeResult range(RepositorySystemSession session, List<RemoteRepository> remotes, Wanted wanted)
            throws UnavailableException {
        Artifact older = wanted.artifact("(," + wanted.below() + ")");
        try {
            return repositories.resolveVersionRange(session, new VersionRangeRequest(older, remotes, null));
        } catch (VersionRangeResolutionException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Newest first. */
    private static List<Version> released(VersionRangeResult range, Wanted wanted) {
        List<Version> versions = new ArrayList<>();
        for (Version version : range.getVersions()) {
            if (range.getRepository(version) instanceof RemoteRepository
                    && !wanted.artifact(version.toString()).isSnapshot()
                    && (wanted.versions() == null
                            || wanted.versions().matcher(version.toString()).matches())) {
                versions.add(version);
            }
        }
        Collections.reverse(versions);
        return versions;
    }

    private RepositorySystemSession remoteOnly(RepositorySystemSession session) {
        DefaultRepositorySystemSession copy = new DefaultRepositorySystemSession(session);
        copy.setWorkspaceReader(null);
        File local = new File(session.getLocalRepository().getBasedir(), LOCAL);
        copy.setLocalRepositoryManager(repositories.newLocalRepositoryManager(copy, new LocalRepository(local)));
        if (!session.isOffline()) {
            copy.setUpdatePolicy(RepositoryPolicy.UPDATE_POLICY_ALWAYS);
        }
        return copy;
    }

    /**
     * Whether a repository said that it has no such thing. Offline nobody says anything; but where an earlier answer of
     * some repository is known, the silence of those that had nothing then is taken for no.
     */
    private static boolean isAnswer(Exception e, boolean known) {
        return e instanceof MetadataNotFoundException && (known || !isOffline(e));
    }

    private static boolean isMissing(ArtifactResolutionException e) {
        List<Exception> causes = e.getResult().getExceptions();
        return !causes.isEmpty()
                && causes.stream().allMatch(cause -> cause instanceof ArtifactNotFoundException && !isOffline(cause));
    }

    private static boolean isOffline(Exception e) {
        return e.getCause() instanceof RepositoryOfflineException;
    }

    private static void complain(Wanted wanted, String what, Exception cause, Listener told)
            throws UnavailableException {
        String message = what + " cannot be had: "
                + (cause instanceof RepositoryException
                        ? cause.getMessage()
                        : "maven-metadata.xml cannot be read: "
                                + STATE_OF_THE_PARSER.split(String.valueOf(cause.getMessage()), 2)[0]);
        if (!wanted.tolerant()) {
            throw new UnavailableException(
                    message
                            + "\nWithout it a rule over: released would let any quality pass. Build again when the repository"
                            + " can be reached; or -Dft.baseline=GROUP:ARTIFACT:VERSION or a file compares with that,"
                            + " -Dft.baseline=none with nothing, and -Dft.baseline.onUnavailable=warn goes on.",
                    cause);
        }
        told.unavailable(message);
    }

    private static String name(Wanted wanted, String version) {
        return wanted.groupId() + ":" + wanted.artifactId() + version;
    }
}
