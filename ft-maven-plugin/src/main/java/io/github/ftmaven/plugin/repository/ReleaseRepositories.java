package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.plugin.repository.DeployTargets.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;

/**
 * The repositories to search for the last release.
 *
 * <p>The repositories that the project is released to are contacted directly, with their own credentials and proxy,
 * like {@code mvn deploy} does. A mirror in the settings would otherwise replace them and may not have their artifacts.
 *
 * <p>Those that the project is released to are asked themselves, with their own credentials and proxy, as {@code mvn
 * deploy} reaches them. A mirror in the settings would stand for them otherwise, and may not have what they have.
 *
 * @param targets the repositories that the project is released to
 * @param others the repositories that it reads from, with the mirrors of the settings
 * @param disabled the repositories that it reads from, but not for releases
 */
public record ReleaseRepositories(
        List<RemoteRepository> targets, List<RemoteRepository> others, List<RemoteRepository> disabled) {
    /** Copies the lists. */
    public ReleaseRepositories {
        targets = List.copyOf(targets);
        others = List.copyOf(others);
        disabled = List.copyOf(disabled);
    }

    /**
     * The repositories of a project.
     *
     * @param remotes the repositories that it reads from
     * @param targets the repositories that it is released to
     */
    static ReleaseRepositories of(
            RepositorySystem repositories,
            RepositorySystemSession session,
            List<RemoteRepository> remotes,
            List<Target> targets) {
        List<Target> distinct = new ArrayList<>();
        for (Target target : targets) {
            if (distinct.stream().noneMatch(known -> isAt(known.url(), target.url()))) {
                distinct.add(target);
            }
        }
        List<RemoteRepository> others = new ArrayList<>();
        List<RemoteRepository> disabled = new ArrayList<>();
        for (RemoteRepository remote : remotes) {
            if (!isOnly(remote, distinct)) {
                (remote.getPolicy(false).isEnabled() ? others : disabled).add(remote);
            }
        }
        // The resolver stores the metadata of two repositories with the same ID in one file.
        Set<String> taken = others.stream().map(RemoteRepository::getId).collect(Collectors.toCollection(HashSet::new));
        List<RemoteRepository> direct = new ArrayList<>();
        for (Target target : distinct) {
            RemoteRepository remote = repositories.newDeploymentRepository(
                    session,
                    new RemoteRepository.Builder(target.id(), "default", target.url())
                            .setPolicy(policy(remotes, target))
                            .build());
            String id = target.id();
            while (!taken.add(id)) {
                id += "-releases";
            }
            direct.add(new RemoteRepository.Builder(remote).setId(id).build());
        }
        return new ReleaseRepositories(direct, others, disabled);
    }

    /** All repositories that are asked. */
    List<RemoteRepository> asked() {
        return Stream.concat(targets.stream(), others.stream()).toList();
    }

    /** The name of a repository in messages, including what it mirrors. */
    static String shown(RemoteRepository remote) {
        String mirrored = remote.getMirroredRepositories().stream()
                .map(RemoteRepository::getId)
                .collect(Collectors.joining(", "));
        return remote.getId() + " (" + withoutPassword(remote.getUrl())
                + (mirrored.isEmpty() ? "" : ", the mirror of " + mirrored) + ")";
    }

    private static String withoutPassword(String url) {
        try {
            URI uri = new URI(url);
            return uri.getRawUserInfo() == null ? url : url.replace(uri.getRawUserInfo() + "@", "");
        } catch (URISyntaxException e) {
            return url;
        }
    }

    /** Whether a repository is one of the targets, or mirrors only targets. */
    private static boolean isOnly(RemoteRepository remote, List<Target> targets) {
        List<RemoteRepository> mirrored = remote.getMirroredRepositories();
        return isTarget(remote, targets)
                || (!mirrored.isEmpty() && mirrored.stream().allMatch(original -> isTarget(original, targets)));
    }

    private static boolean isTarget(RemoteRepository remote, List<Target> targets) {
        return targets.stream().anyMatch(target -> isAt(remote.getUrl(), target.url()));
    }

    /** The project's checksum policy for reading from this repository. */
    private static RepositoryPolicy policy(List<RemoteRepository> remotes, Target target) {
        Optional<RemoteRepository> known = remotes.stream()
                .flatMap(remote -> Stream.concat(Stream.of(remote), remote.getMirroredRepositories().stream()))
                .filter(remote -> isAt(remote.getUrl(), target.url()))
                .findFirst();
        return new RepositoryPolicy(
                true,
                RepositoryPolicy.UPDATE_POLICY_ALWAYS,
                known.map(remote -> remote.getPolicy(false).getChecksumPolicy())
                        .orElse(RepositoryPolicy.CHECKSUM_POLICY_WARN));
    }

    private static boolean isAt(String url, String other) {
        return withoutSlash(url).equals(withoutSlash(other));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
