package io.github.ftmaven.plugin.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** {@code digests.json}: a damaged one forgets, and is never in the way. */
class DigestCacheFuzzTest extends FuzzedReader {
    DigestCacheFuzzTest() {
        super("digests");
    }

    @BeforeEach
    void writeFile() throws IOException {
        Files.writeString(file(), "weights");
        Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    }

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        FileState state = FileState.of(file());
        ObjectNode entries = JsonFile.object();
        state.put(entries.putObject(file().toString())).put("sha256", Digests.sha256(file()));
        return List.of(JsonFile.bytes(entries));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        DigestCache digests = new DigestCache(Files.write(directory.resolve("digests.json"), input), 1);
        assertThat(digests.sha256(file())).isNotNull();
        digests.save();
    }
}
