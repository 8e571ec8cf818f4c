package io.github.ftmaven.plugin.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells of files that repositories may not take. */
public final class ArtifactSize {
    private static final double MEGABYTE = 1e6;

    private ArtifactSize() {}

    /**
     * A warning about a file that is too large.
     *
     * @param limit in megabytes; 0 for none
     */
    public static Optional<String> warning(Path file, int limit) throws IOException {
        double size = Files.size(file) / MEGABYTE;
        if (limit == 0 || size <= limit) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%s has %,.0f MB. Maven Central takes files of 1 GB at most; what a Nexus or Artifactory takes, its"
                        + " administrator sets, and often a proxy before it. -Dft.artifact.warnSize (MB, now %d) says"
                        + " from where on to warn.",
                file.getFileName(),
                size,
                limit));
    }
}
