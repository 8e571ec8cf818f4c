package io.github.ftmaven.runtime.delivery;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code result/manifest.json}, which comes from another machine. */
class ManifestFuzzTest extends FuzzedReader {
    ManifestFuzzTest() {
        super("manifest");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"formatVersion": 1, "key": "0123456789abcdef",
                 "ran": {"host": "gpu-box", "platform": "linux amd64", "device": "cuda", "gpu": "NVIDIA H200"},
                 "files": {"adapter/adapter_config.json": "DIGEST", "training.json": "DIGEST"}}
                """.replace("DIGEST", Digests.sha256("{}")).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path result = directory.resolve("result");
        Files.createDirectories(result.resolve("adapter"));
        Files.writeString(result.resolve("adapter/adapter_config.json"), "{}");
        Files.writeString(result.resolve("training.json"), "{}");
        Files.write(result.resolve("manifest.json"), input);
        new Delivery(result, "result").copy("0123456789abcdef", directory.resolve("copy"));
    }
}
