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
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.eclipse.aether.DefaultRepositorySystemSession;
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
 * Finds the last released adapter of a project: the newest version in a remote repository.
 *
 * <p>The search uses its own local repository, {@code .cache/ft-released} below the user's. Nothing is ever installed
 * there. In the user's local repository, an installed version would hide the released one with the same number and
 * would not count as a release.
 *
 * <p>If a repository cannot be asked, the resolver reports an empty list of versions, sometimes without an error. Here
 * that is an error, because "nothing was released" lets any quality pass.
 *
 * <p>It is looked for through a local repository of its own, {@code .cache/ft-released} below the user's, where nothing
 * is
 * ever installed. The user's own would let an installed version stand before the released one of the same number, and
 * report it as no release at all.
 *
 * <p>The resolver reports a repository that cannot be asked beside an empty list of versions, or not at all. Here that
 * is
 * an error, since "nothing was released" lets any quality pass.
 */
public final class ReleasedAdapters {
    private static final String LOCAL = ".cache/ft-released";

    /** Whether the resolver asks only once per build. */
    private static final String SESSION_STATE = "aether.updateCheckManager.sessionState";

    private final RepositorySystem repositories;

    /** Creates it for Maven. */
    @Inject
    public ReleasedAdapters(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /**
     * The release to find.
     *
     * @param classifier empty for the main artifact
     * @param below the version being built; only older versions count
     * @param versions a pattern that whole versions must match to count; null for any version
     * @param tolerant whether failures are reported to the listener instead of thrown
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
     * The release that was found.
     *
     * @param name {@code groupId:artifactId:version}
     * @param repository the ID of the repository it is in
     */
    public record Released(String name, Path file, String repository) {}

    /** Receives sentences about the search for the user. */
    public interface Listener {
        /** The repositories that are asked. */
        void asked(String sentence);

        /** A release without such an artifact. */
        void passedOver(String sentence);

        /** A stored adapter that differs from the released one. */
        void altered(String sentence);

        /** What could not be determined, if that is tolerated. */
        void unavailable(String sentence);

        /** Why there is no release, if known. The text follows a colon and is not a full sentence. */
        void none(String reason);
    }

    /**
     * The repositories to search.
     *
     * @param remotes the repositories that the project reads from
     * @param targets the repositories that it is released to, which may be different ones
     */
    public ReleaseRepositories repositories(
            List<RemoteRepository> remotes, RepositorySystemSession session, List<DeployTargets.Target> targets) {
        return ReleaseRepositories.of(repositories, session, remotes, targets);
    }

    /**
     * Finds the last release.
     *
     * @return empty if every repository answered that it has no release
     * @throws UnavailableException if a repository cannot be asked, or if its checksums do not match
     */
    public Optional<Released> last(
            ReleaseRepositories where, RepositorySystemSession session, Wanted wanted, Listener told)
            throws IOException {
        RepositorySystemSession remoteOnly = remoteOnly(session);
        List<RemoteRepository> remotes = where.asked();
        Listings.Answers answers =
                new Listings(repositories, remoteOnly).of(where, wanted.groupId(), wanted.artifactId());
        tell(where, answers, wanted, told);
        VersionRangeResult range = range(remoteOnly, remotes, wanted);
        List<Version> older = released(range, wanted);
        Optional<Listings.Failure> failure = failure(where, answers, range);
        if (failure.isPresent()) {
            complain(
                    wanted,
                    "The last release of " + name(wanted, "") + " could not be determined",
                    failure.get().reason(),
                    failure.get().cause(),
                    told);
        }
        List<String> without = new ArrayList<>();
        List<Version> versions = matching(older, wanted);
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
                String what = "The released adapter " + name(wanted, ":" + version) + " could not be downloaded";
                if (!isMissing(e)) {
                    complain(wanted, what, String.valueOf(e.getMessage()), e, told);
                    return Optional.empty();
                }
                Optional<String> moved = relocation(remoteOnly, remotes, wanted, version);
                if (moved.isPresent()) {
                    complain(wanted, what, "it was relocated to " + moved.get() + ".", e, told);
                    return Optional.empty();
                }
                without.add(version.toString());
                told.passedOver(name(wanted, ":" + version) + " was released without "
                        + (wanted.classifier().isEmpty()
                                ? "its jar"
                                : "an artifact with the classifier " + wanted.classifier())
                        + ": looking for an older release.");
            }
        }
        if (failure.isEmpty()) {
            told.none(reason(where, answers, older, without, wanted));
        }
        return Optional.empty();
    }

    private static void tell(ReleaseRepositories where, Listings.Answers answers, Wanted wanted, Listener told) {
        List<RemoteRepository> passedOver = new ArrayList<>(where.disabled());
        passedOver.addAll(answers.filtered());
        told.asked("Looking for the last release of " + name(wanted, "") + " in: "
                + shown(where.asked().stream()
                        .filter(remote -> !answers.filtered().contains(remote))
                        .toList())
                + "."
                + (passedOver.isEmpty() ? "" : " The project or the settings exclude: " + shown(passedOver) + "."));
    }

    private static String shown(List<RemoteRepository> remotes) {
        return remotes.isEmpty()
                ? "no repository"
                : remotes.stream().map(ReleaseRepositories::shown).collect(Collectors.joining(", "));
    }

    private static Optional<Listings.Failure> failure(
            ReleaseRepositories where, Listings.Answers answers, VersionRangeResult range) {
        if (where.asked().size() == answers.filtered().size()) {
            return Optional.of(new Listings.Failure(
                    "none of the project's repositories has releases; declare the one that it is released to under"
                            + " distributionManagement",
                    null));
        }
        // A repository that answered a moment ago may be down now.
        return answers.failures().stream()
                .findFirst()
                .or(() -> range.getExceptions().stream()
                        .filter(e -> !(e instanceof MetadataNotFoundException))
                        .findFirst()
                        .map(e -> new Listings.Failure(String.valueOf(e.getMessage()), e)));
    }

    /** Why there is no release. The reason is sealed, so it contains only what is the same on every machine. */
    private static String reason(
            ReleaseRepositories where,
            Listings.Answers answers,
            List<Version> older,
            List<String> without,
            Wanted wanted) {
        String below = name(wanted, "") + " below " + wanted.below();
        List<String> others = answers.versions().stream()
                .filter(version -> !wanted.artifact(version).isSnapshot())
                .toList();
        if (!without.isEmpty()) {
            return "no version of " + below + " (" + some(without) + ") has "
                    + (wanted.classifier().isEmpty()
                            ? "a jar"
                            : "an artifact with the classifier " + wanted.classifier());
        }
        if (!older.isEmpty()) {
            return "no version of " + below + " (" + some(older) + ") matches "
                    + Objects.requireNonNull(wanted.versions()).pattern();
        }
        return "no repository has a version of " + below
                + (others.isEmpty() ? "" : ", only others (" + some(others) + ")")
                + (where.targets().isEmpty()
                        ? "; but the project declares no repository that it is released to (distributionManagement)"
                        : "");
    }

    private static String some(List<?> versions) {
        return versions.stream().limit(3).map(String::valueOf).collect(Collectors.joining(", "))
                + (versions.size() > 3 ? ", …" : "");
    }

    /** Where a release without an adapter was relocated to, according to its POM. */
    private Optional<String> relocation(
            RepositorySystemSession session, List<RemoteRepository> remotes, Wanted wanted, Version version)
            throws IOException {
        Artifact pom = new DefaultArtifact(wanted.groupId(), wanted.artifactId(), "", "pom", version.toString());
        try {
            Path file = repositories
                    .resolveArtifact(session, new ArtifactRequest(pom, remotes, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
            return RepositoryXml.relocation(file, wanted.groupId(), wanted.artifactId(), version.toString());
        } catch (ArtifactResolutionException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether an earlier build downloaded it. */
    private static boolean isKept(RepositorySystemSession session, ArtifactRequest request) {
        return session.getLocalRepositoryManager()
                .find(session, new LocalArtifactRequest(request.getArtifact(), request.getRepositories(), null))
                .isAvailable();
    }

    /**
     * An adapter that an earlier build downloaded, if a repository's checksum still matches it; otherwise the adapter
     * that the repository has now. A checksum stored beside the file could have been changed with it.
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
                        + " differs from the release, because it was altered or damaged. It is downloaded again.");
            }
            Files.delete(file);
            return repositories.resolveArtifact(session, request);
        } catch (IOException e) {
            throw new UnavailableException(file + " cannot be verified: " + FileProblem.of(e), e);
        }
    }

    /** Reads the metadata that was just downloaded. */
    private VersionRangeResult range(RepositorySystemSession session, List<RemoteRepository> remotes, Wanted wanted)
            throws UnavailableException {
        Artifact older = wanted.artifact("(," + wanted.below() + ")");
        DefaultRepositorySystemSession again = new DefaultRepositorySystemSession(session);
        again.setConfigProperty(SESSION_STATE, "enabled");
        try {
            return repositories.resolveVersionRange(again, new VersionRangeRequest(older, remotes, null));
        } catch (VersionRangeResolutionException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Newest first. */
    private static List<Version> released(VersionRangeResult range, Wanted wanted) {
        List<Version> versions = new ArrayList<>();
        for (Version version : range.getVersions()) {
            if (range.getRepository(version) instanceof RemoteRepository
                    && !wanted.artifact(version.toString()).isSnapshot()) {
                versions.add(version);
            }
        }
        Collections.reverse(versions);
        return versions;
    }

    private static List<Version> matching(List<Version> versions, Wanted wanted) {
        Pattern pattern = wanted.versions();
        return pattern == null
                ? versions
                : versions.stream()
                        .filter(version -> pattern.matcher(version.toString()).matches())
                        .toList();
    }

    private RepositorySystemSession remoteOnly(RepositorySystemSession session) {
        DefaultRepositorySystemSession copy = new DefaultRepositorySystemSession(session);
        copy.setWorkspaceReader(null);
        File local = new File(session.getLocalRepository().getBasedir(), LOCAL);
        copy.setLocalRepositoryManager(repositories.newLocalRepositoryManager(copy, new LocalRepository(local)));
        // Do not reuse answers to other modules of this build.
        copy.setConfigProperty(SESSION_STATE, "bypass");
        if (!session.isOffline()) {
            copy.setUpdatePolicy(RepositoryPolicy.UPDATE_POLICY_ALWAYS);
        }
        return copy;
    }

    private static boolean isMissing(ArtifactResolutionException e) {
        List<Exception> causes = e.getResult().getExceptions();
        return !causes.isEmpty()
                && causes.stream().allMatch(cause -> cause instanceof ArtifactNotFoundException && !isOffline(cause));
    }

    private static boolean isOffline(Exception e) {
        return e.getCause() instanceof RepositoryOfflineException;
    }

    private static void complain(Wanted wanted, String what, String reason, @Nullable Exception cause, Listener told)
            throws UnavailableException {
        String message = what + ": " + reason;
        if (!wanted.tolerant()) {
            throw new UnavailableException(
                    message
                            + "\nWithout it a rule over: released would let any quality pass. Build again when the"
                            + " repository can be reached. Or set -Dft.baseline=GROUP:ARTIFACT:VERSION or a file to"
                            + " compare with that adapter, -Dft.baseline=none to compare with nothing, or"
                            + " -Dft.baseline.onUnavailable=warn to continue.",
                    cause);
        }
        told.unavailable(message);
    }

    private static String name(Wanted wanted, String version) {
        return wanted.groupId() + ":" + wanted.artifactId() + version;
    }
}
