package io.github.ftmaven.plugin.repository;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryEvent;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.metadata.DefaultMetadata;
import org.eclipse.aether.metadata.Metadata;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.MetadataRequest;
import org.eclipse.aether.resolution.MetadataResult;
import org.eclipse.aether.transfer.MetadataNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an artifact that repositories list. A repository counts only if it really answered. The resolver also
 * reports "not found" for a repository that a filter or policy excluded, and it reads invalid metadata as an empty
 * list.
 */
final class Listings {
    private static final String METADATA = "maven-metadata.xml";

    private final RepositorySystem repositories;
    private final RepositorySystemSession session;

    /** Prepares queries in a session that ignores earlier answers. */
    Listings(RepositorySystem repositories, RepositorySystemSession session) {
        this.repositories = repositories;
        this.session = session;
    }

    /** The reason why a repository's versions are unknown. */
    record Failure(String reason, @Nullable Exception cause) {}

    /**
     * The answers of the repositories.
     *
     * @param versions all versions that any repository lists
     * @param failures the failures of repositories that did not answer
     * @param filtered repositories that the user's filters exclude
     */
    record Answers(Set<String> versions, List<Failure> failures, List<RemoteRepository> filtered) {}

    /** Asks all repositories. */
    Answers of(ReleaseRepositories wanted, String groupId, String artifactId) throws IOException {
        Answers answers = new Answers(new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
        Metadata metadata = new DefaultMetadata(groupId, artifactId, METADATA, Metadata.Nature.RELEASE_OR_SNAPSHOT);
        List<MetadataRequest> requests = new ArrayList<>();
        for (RemoteRepository remote : wanted.asked()) {
            if (remote.isBlocked()) {
                // For metadata, Maven 3.8 would contact whatever listens at the mirror's address.
                answers.failures()
                        .add(new Failure(ReleaseRepositories.shown(remote) + " is blocked by the settings", null));
                continue;
            }
            requests.add(new MetadataRequest(metadata, remote, null).setDeleteLocalCopyIfMissing(true));
        }
        Set<RemoteRepository> reached = ConcurrentHashMap.newKeySet();
        DefaultRepositorySystemSession watched = new DefaultRepositorySystemSession(session);
        watched.setRepositoryListener(new AbstractRepositoryListener() {
            @Override
            public void metadataDownloading(RepositoryEvent event) {
                if (event.getRepository() instanceof RemoteRepository remote) {
                    reached.add(remote);
                }
            }
        });
        EarlierAnswers earlier = EarlierAnswers.in(session.getLocalRepository()
                .getBasedir()
                .toPath()
                .resolve(groupId.replace('.', File.separatorChar))
                .resolve(artifactId)
                .resolve("ft-answers.json"));
        for (MetadataResult result : repositories.resolveMetadata(watched, requests)) {
            RemoteRepository remote = result.getRequest().getRepository();
            if (session.isOffline()) {
                offline(result, earlier, answers);
            } else if (reached.contains(remote)) {
                online(result, earlier, answers);
            } else if (result.getException() instanceof MetadataNotFoundException
                    && !wanted.targets().contains(remote)) {
                answers.filtered().add(remote);
            } else {
                answers.failures()
                        .add(new Failure(
                                ReleaseRepositories.shown(remote) + " was not asked: " + reason(result),
                                result.getException()));
            }
        }
        if (!session.isOffline()) {
            earlier.write();
        }
        return answers;
    }

    private static String reason(MetadataResult result) {
        return result.getException() == null
                ? "Maven's resolver skipped it"
                : result.getException().getMessage()
                        + ". If an outdated filter is the cause, -Daether.remoteRepositoryFilter.prefixes=false"
                        + " turns it off";
    }

    private static void online(MetadataResult result, EarlierAnswers earlier, Answers answers) {
        Exception exception = result.getException();
        if (exception == null) {
            read(result, answers)
                    .ifPresent(listed -> earlier.put(result.getRequest().getRepository(), listed));
        } else if (exception instanceof MetadataNotFoundException) {
            earlier.put(result.getRequest().getRepository(), false);
        } else {
            answers.failures().add(new Failure(String.valueOf(exception.getMessage()), exception));
        }
    }

    /**
     * Offline, no repository answers. A repository that had nothing when it was last asked still counts as having
     * nothing.
     */
    private static void offline(MetadataResult result, EarlierAnswers earlier, Answers answers) {
        Optional<Boolean> listed = earlier.of(result.getRequest().getRepository());
        if (result.getException() == null && listed.isPresent()) {
            read(result, answers);
        } else if (listed.isEmpty() || listed.get()) {
            answers.failures()
                    .add(new Failure(
                            result.getException() == null
                                    ? ReleaseRepositories.shown(
                                                    result.getRequest().getRepository())
                                            + " was never asked from this machine, and the build is in offline mode"
                                    : String.valueOf(result.getException().getMessage()),
                            result.getException()));
        }
    }

    /** Whether the repository lists versions; empty if that is unknown. */
    private static Optional<Boolean> read(MetadataResult result, Answers answers) {
        Metadata found = result.getMetadata();
        File file = found == null ? null : found.getFile();
        if (found == null || file == null) {
            answers.failures()
                    .add(new Failure(
                            ReleaseRepositories.shown(result.getRequest().getRepository()) + " sent no " + METADATA,
                            null));
            return Optional.empty();
        }
        try {
            answers.versions().addAll(versions(file.toPath(), found));
            return Optional.of(true);
        } catch (IOException e) {
            answers.failures()
                    .add(new Failure(
                            METADATA + " from "
                                    + ReleaseRepositories.shown(
                                            result.getRequest().getRepository()) + "" + " cannot be read: "
                                    + e.getMessage(),
                            e));
            return Optional.empty();
        }
    }

    private static Set<String> versions(Path file, Metadata metadata) throws IOException {
        return RepositoryXml.versions(file, metadata.getGroupId(), metadata.getArtifactId());
    }
}
