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
 * What repositories list of an artifact. A repository counts only if it positively answered: the resolver says "not found"
 * also of one that a filter or a policy kept it from asking, and reads what is no metadata as a list of nothing.
 */
final class Listings {
    private static final String METADATA = "maven-metadata.xml";

    private final RepositorySystem repositories;
    private final RepositorySystemSession session;

    /** Prepares to ask in a session that takes nothing for granted that it was told before. */
    Listings(RepositorySystem repositories, RepositorySystemSession session) {
        this.repositories = repositories;
        this.session = session;
    }

    /** Why it is not known what a repository has. */
    record Failure(String reason, @Nullable Exception cause) {}

    /**
     * What was answered.
     *
     * @param versions all that are listed anywhere
     * @param failures of repositories that did not answer
     * @param filtered repositories that the user's filters keep from being asked
     */
    record Answers(Set<String> versions, List<Failure> failures, List<RemoteRepository> filtered) {}

    /** Asks all of them. */
    Answers of(ReleaseRepositories wanted, String groupId, String artifactId) throws IOException {
        Answers answers = new Answers(new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
        Metadata metadata = new DefaultMetadata(groupId, artifactId, METADATA, Metadata.Nature.RELEASE_OR_SNAPSHOT);
        List<MetadataRequest> requests = new ArrayList<>();
        for (RemoteRepository remote : wanted.asked()) {
            if (remote.isBlocked()) {
                // Of metadata, Maven 3.8 asks whatever listens at the address that the mirror has.
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
                ? "Maven's resolver passed it over"
                : result.getException().getMessage()
                        + ". If that is a filter that is not up to date, -Daether.remoteRepositoryFilter.prefixes=false"
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

    /** Nobody says anything; but the silence of those that had nothing when they were asked is taken for no. */
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

    /** Whether versions are listed; empty if that is not known. */
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
                            METADATA + " cannot be read: what "
                                    + ReleaseRepositories.shown(
                                            result.getRequest().getRepository())
                                    + " sends is not what a repository does: " + e.getMessage(),
                            e));
            return Optional.empty();
        }
    }

    private static Set<String> versions(Path file, Metadata metadata) throws IOException {
        return RepositoryXml.versions(file, metadata.getGroupId(), metadata.getArtifactId());
    }
}
