package io.github.ftmaven.runtime.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cached files of a repository.
 *
 * @param directory the files' directory in the shared cache; never modify it
 * @param commit the commit of the files
 */
public record HubSnapshot(Path directory, String commit) {
    /** Computes a file's SHA-256, or remembers it from an earlier call. */
    @FunctionalInterface
    public interface Digest {
        /** The digest in lower-case hexadecimal. */
        String of(Path file) throws IOException;
    }

    /**
     * Finds a file whose content differs from the hub's announcement. The cache names every content by its digest. On
     * systems without links, where the snapshot holds the file itself, no digest is available.
     *
     * @param sha256 for large files, whose name is their SHA-256
     */
    public Optional<Path> damaged(Digest sha256) throws IOException {
        List<Path> links;
        try (Stream<Path> files = Files.walk(directory)) {
            links = files.filter(Files::isSymbolicLink).sorted().toList();
        }
        for (Path link : links) {
            Path blob = link.toRealPath();
            String digest = String.valueOf(blob.getFileName());
            boolean intact = !HubBlob.isDigest(digest)
                    || (digest.length() == 64
                            ? sha256.of(blob).equals(digest)
                            : new HubBlob(digest, Files.size(blob), commit).is(blob));
            if (!intact) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }
}
