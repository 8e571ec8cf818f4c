package io.github.ftmaven.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** The file of a lease, which another process writes. */
class LeaseFuzzTest extends FuzzedReader {
    LeaseFuzzTest() {
        super("lease");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("4711".getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    @Override
    protected void read(byte[] input) throws IOException {
        assertThat(Lease.holder(Files.write(directory.resolve("lease"), input)))
                .matches("another process|process [0-9]{1,19}");
    }
}
