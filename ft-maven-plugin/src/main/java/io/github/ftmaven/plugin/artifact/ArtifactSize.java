package io.github.ftmaven.plugin.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Warns about files that repositories may reject. */
public final class ArtifactSize {
    private static final double MEGABYTE = 1e6;

    private ArtifactSize() {}

    /**
     * A warning if a file is too large.
     *
     * @param limit the limit in megabytes; 0 for no limit
     */
    public static Optional<String> warning(Path file, int limit) throws IOException {
        double size = Files.size(file) / MEGABYTE;
        if (limit == 0 || size <= limit) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%s has %,.0f MB. Maven Central accepts files of up to 1 GB. The administrator of a Nexus or"
                        + " Artifactory sets its limit, and a proxy may have another. -Dft.artifact.warnSize (MB,"
                        + " now %d) sets the size above which this warning appears.",
                file.getFileName(),
                size,
                limit));
    }
}
