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
 * The adapter of a project that was released last: the newest version in a remote repository.
 *
 * <p>It is looked for through a local repository of its own, {@code .cache/ft-released} below the user's, where nothing is
 * ever installed. The user's own would let an installed version stand before the released one of the same number, and
 * report it as no release at all.
 *
 * <p>The resolver reports a repository that cannot be asked beside an empty list of versions, or not at all. Here that is
 * an error, since "nothing was released" lets any quality pass.
 */
public final class ReleasedAdapters {
    private static final String LOCAL = ".cache/ft-released";

    /** Whether the resolver asks only once in a build. */
    private static final String SESSION_STATE = "aether.updateCheckManager.sessionState";

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
        /** Which repositories are asked. */
        void asked(String sentence);

        /** A release that has no such artifact. */
        void passedOver(String sentence);

        /** An adapter that is not what was released. */
        void altered(String sentence);

        /** What cannot be found out, if that is tolerated. */
        void unavailable(String sentence);

        /** Why there is none, if that is known; no sentence, but what follows a colon. */
        void none(String reason);
    }

    /**
     * The repositories to look in.
     *
     * @param remotes those that the project reads from
     * @param targets those that it is released to, which may be none of them
     */
    public ReleaseRepositories repositories(
            List<RemoteRepository> remotes, RepositorySystemSession session, List<DeployTargets.Target> targets) {
        return ReleaseRepositories.of(repositories, session, remotes, targets);
    }

    /**
     * Looks for the last release.
     *
     * @return empty if every repository answered that there is none
     * @throws UnavailableException if a repository cannot be asked, or what it sends is not what it promised
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
                    "Which version of " + name(wanted, "") + " was released last",
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
                String what = "The released adapter " + name(wanted, ":" + version);
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
                                : "an artifact of the classifier " + wanted.classifier())
                        + ": an older release is looked for.");
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
        told.asked("Which version of " + name(wanted, "") + " was released last is asked of: "
                + shown(where.asked().stream()
                        .filter(remote -> !answers.filtered().contains(remote))
                        .toList())
                + "."
                + (passedOver.isEmpty()
                        ? ""
                        : " The project or the settings keep it from asking: " + shown(passedOver) + "."));
    }

    private static String shown(List<RemoteRepository> remotes) {
        return remotes.isEmpty()
                ? "nobody"
                : remotes.stream().map(ReleaseRepositories::shown).collect(Collectors.joining(", "));
    }

    private static Optional<Listings.Failure> failure(
            ReleaseRepositories where, Listings.Answers answers, VersionRangeResult range) {
        if (where.asked().size() == answers.filtered().size()) {
            return Optional.of(new Listings.Failure(
                    "no repository can be asked, since none that the project knows has releases; name the one that it"
                            + " is released to under distributionManagement",
                    null));
        }
        // A repository that answered a moment ago can be down by now.
        return answers.failures().stream()
                .findFirst()
                .or(() -> range.getExceptions().stream()
                        .filter(e -> !(e instanceof MetadataNotFoundException))
                        .findFirst()
                        .map(e -> new Listings.Failure(String.valueOf(e.getMessage()), e)));
    }

    /** Why there is none: nothing but what is the same on every machine, since it is sealed. */
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
            return "of the versions of " + below + " (" + some(without) + ") none has "
                    + (wanted.classifier().isEmpty()
                            ? "a jar"
                            : "an artifact of the classifier " + wanted.classifier());
        }
        if (!older.isEmpty()) {
            return "no version of " + below + " (" + some(older) + ") matches "
                    + Objects.requireNonNull(wanted.versions()).pattern();
        }
        return "no repository has a version of " + below
                + (others.isEmpty() ? "" : ", only others (" + some(others) + ")")
                + (where.targets().isEmpty()
                        ? "; but the project names no repository that it is released to (distributionManagement)"
                        : "");
    }

    private static String some(List<?> versions) {
        return versions.stream().limit(3).map(String::valueOf).collect(Collectors.joining(", "))
                + (versions.size() > 3 ? ", …" : "");
    }

    /** What the POM of a release without an adapter says of where it went. */
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

    /** From the metadata that was fetched just now. */
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
        // What another module of this build was told is not told again.
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
        String message = what + " cannot be had: " + reason;
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
