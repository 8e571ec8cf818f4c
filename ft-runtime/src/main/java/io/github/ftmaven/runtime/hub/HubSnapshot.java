package io.github.ftmaven.runtime.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of a repository on this machine.
 *
 * @param directory where they are: the cache's own, not to be changed
 * @param commit the commit they are of
 */
public record HubSnapshot(Path directory, String commit) {
    /** SHA-256 of a file, which may be remembered from before. */
    @FunctionalInterface
    public interface Digest {
        /** In lower-case hexadecimal. */
        String of(Path file) throws IOException;
    }

    /**
     * A file that is not what the hub announced it to be. The cache names every content by its digest; where a system cannot
     * link to it, and the file itself stands in the snapshot, nothing says what it should be.
     *
     * @param sha256 for large files, which are named by it
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
