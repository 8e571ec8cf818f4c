package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a service gives back, in every form. */
class AdapterArchiveFuzzTest extends FuzzedReader {
    AdapterArchiveFuzzTest() {
        super("adapter-archive");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a/" + "long/".repeat(25) + "adapter_config.json", "{\"r\": 4}".getBytes(StandardCharsets.UTF_8));
        files.put("a/adapter_model.safetensors", "weights ".repeat(40).getBytes(StandardCharsets.UTF_8));
        byte[] tar = Archives.tar(files);
        return List.of(tar, Archives.gzip(tar), Archives.zstd(tar), Archives.zip(files));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Path target = Files.createTempDirectory(directory, "out");
        Path file = Files.write(target.resolve("delivered"), input);
        try {
            new AdapterArchive("the adapter", target, 100_000).unpack(file, "delivered");
        } finally {
            Directories.delete(target);
        }
    }
}
