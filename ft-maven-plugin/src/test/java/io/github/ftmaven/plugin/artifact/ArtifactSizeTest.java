package io.github.ftmaven.plugin.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactSizeTest {
    @TempDir
    Path directory;

    @Test
    void warnsAboveTheLimitOnly() throws IOException {
        Path file = directory.resolve("triage-1.0-merged.zip");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1_200_000_000L);
        }
        assertThat(ArtifactSize.warning(file, 1000))
                .contains("triage-1.0-merged.zip has 1,200 MB. Maven Central accepts files of up to 1 GB. The"
                        + " administrator of a Nexus or Artifactory sets its limit, and a proxy may have"
                        + " another."
                        + " -Dft.artifact.warnSize (MB, now 1000) sets the size above which this warning"
                        + " appears.");
        assertThat(ArtifactSize.warning(file, 1200)).isEmpty();
        assertThat(ArtifactSize.warning(file, 0)).isEmpty();
    }
}
