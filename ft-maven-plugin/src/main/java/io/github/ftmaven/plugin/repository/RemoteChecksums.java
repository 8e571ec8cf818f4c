package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** The checksums that remote repositories have for an artifact now, regardless of stored ones. */
final class RemoteChecksums {
    /** The extension of checksum files, and the algorithm. Every Maven version writes the first kind. */
    private record Kind(String ending, String algorithm, int digits) {}

    private static final List<Kind> KINDS = List.of(new Kind("sha1", "SHA-1", 40), new Kind("sha256", "SHA-256", 64));

    /** More than a checksum and the longest path need. */
    private static final int MOST_BYTES = 8192;

    private final RepositorySystem repositories;

    RemoteChecksums(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /**
     * Whether a file has a checksum that a repository gives for the artifact.
     *
     * @return empty if no repository has a checksum for it
     */
    Optional<Boolean> areOf(Path file, RepositorySystemSession session, ArtifactRequest request) throws IOException {
        boolean known = false;
        for (RemoteRepository remote : request.getRepositories()) {
            for (Kind kind : KINDS) {
                Optional<String> checksum = checksum(session, request.getArtifact(), remote, kind);
                if (checksum.isPresent()) {
                    if (checksum.get().equals(Digests.digest(kind.algorithm(), file))) {
                        return Optional.of(true);
                    }
                    known = true;
                    break;
                }
            }
        }
        return known ? Optional.of(false) : Optional.empty();
    }

    private Optional<String> checksum(
            RepositorySystemSession session, Artifact artifact, RemoteRepository remote, Kind kind) throws IOException {
        Path directory = Files.createTempDirectory("ft-checksum");
        DefaultRepositorySystemSession once = new DefaultRepositorySystemSession(session);
        once.setLocalRepositoryManager(
                repositories.newLocalRepositoryManager(once, new LocalRepository(directory.toFile())));
        // A checksum file has no checksum itself.
        once.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_IGNORE);
        Artifact wanted = new DefaultArtifact(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getClassifier(),
                artifact.getExtension() + "." + kind.ending(),
                artifact.getVersion());
        try {
            Path file = repositories
                    .resolveArtifact(once, new ArtifactRequest(wanted, List.of(remote), null))
                    .getArtifact()
                    .getFile()
                    .toPath();
            return read(file, kind.digits());
        } catch (ArtifactResolutionException e) {
            return Optional.empty();
        } finally {
            Directories.delete(directory);
        }
    }

    /**
     * The checksum in a file. Some tools also write the artifact's name into it.
     *
     * @param digits the number of digits of the checksum
     * @return empty if the file contains no checksum, for example if a proxy sent an error page
     */
    static Optional<String> read(Path file, int digits) throws IOException {
        byte[] beginning;
        try (InputStream in = Files.newInputStream(file)) {
            beginning = in.readNBytes(MOST_BYTES);
        }
        Matcher checksum = Pattern.compile("(?i)(?<![\\w.-])[0-9a-f]{" + digits + "}(?![\\w.-])")
                .matcher(new String(beginning, StandardCharsets.ISO_8859_1));
        return checksum.find() ? Optional.of(checksum.group().toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
