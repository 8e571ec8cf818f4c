package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.model.ModelDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** {@code provenance.json} of a released adapter, by which its base is told. */
class ProvenanceFuzzTest extends FuzzedReader {
    private @Nullable ModelDirectory base;
    private DigestCache digests = new DigestCache(Path.of("none"));

    ProvenanceFuzzTest() {
        super("release-provenance");
    }

    @BeforeEach
    void prepare() throws Exception {
        TestProject project = new TestProject(directory);
        base = ModelDirectory.open(project.file("src/main/ft/model"), "model");
        digests = new DigestCache(directory.resolve("digests.json"));
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"formatVersion": 1, "base": {"model": "model", "weights": {"model.safetensors": "ab"},
                 "files": {"config.json": "cd", "tokenizer.json": "ef"}}}""".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Provenance.isOf(
                JsonFile.parse("provenance.json", input, "Compare with another release."),
                Objects.requireNonNull(base),
                true,
                digests);
    }
}
