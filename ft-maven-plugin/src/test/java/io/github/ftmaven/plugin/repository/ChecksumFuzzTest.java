package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** The file of a checksum, as a repository has it. */
class ChecksumFuzzTest extends FuzzedReader {
    private static final String SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

    ChecksumFuzzTest() {
        super("checksum");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                SHA1.getBytes(StandardCharsets.UTF_8),
                (SHA1 + "  adapter-1.0.jar\n").getBytes(StandardCharsets.UTF_8),
                ("SHA1(adapter-1.0.jar)= " + SHA1 + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Optional<String> checksum = RemoteChecksums.read(Files.write(directory.resolve("a.jar.sha1"), input), 40);
        checksum.ifPresent(digits -> assertThat(digits).matches("[0-9a-f]{40}"));
    }
}
