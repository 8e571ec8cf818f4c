package io.github.ftmaven.runtime.inference;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** {@code provenance.json} of an adapter, which tells its base. */
class TrainedBaseFuzzTest extends FuzzedReader {
    private final ModelDirectory base = ModelDirectory.open(TestModels.tinyLlama(), "model");

    TrainedBaseFuzzTest() {
        super("provenance");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(String.format(
                        Locale.ROOT,
                        """
                {"formatVersion": 1, "base": {"model": "hf:acme/tiny", "revision": "main", "weights":
                 {"model.safetensors": "%s"}, "files": {"config.json": "%s", "tokenizer.json": "%s"}},
                 "training": {"key": "k", "seed": "7"}}""",
                        base.weightDigest(),
                        Digests.sha256(List.of(base.path().resolve("config.json"))),
                        Digests.sha256(List.of(base.tokenizer())))
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Files.write(directory.resolve(TrainedBase.FILE), input);
        TrainedBase.read(directory, "adapter").require(base, true);
    }
}
