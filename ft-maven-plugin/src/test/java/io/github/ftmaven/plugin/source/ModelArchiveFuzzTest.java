package io.github.ftmaven.plugin.source;

import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A model in an archive, and the list of what was unpacked of one. */
class ModelArchiveFuzzTest extends FuzzedReader {
    ModelArchiveFuzzTest() {
        super("model-archive");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        byte[] zip = zip(Map.of("config.json", "{}", "tokenizer.json", "{}", "model.safetensors", "weights"));
        Path cache = directory.resolve("seed");
        Path unpacked = ModelArchive.unpack(Files.write(directory.resolve("seed.zip"), zip), "a", cache, told -> {});
        return List.of(
                zip,
                zip(Map.of("m/config.json", "{}", "m/model.safetensors", "weights", "other.txt", "x")),
                Files.readAllBytes(unpacked.resolveSibling(unpacked.getFileName() + ".json")));
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 31, 12, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path cache = directory.resolve("cache");
        Directories.delete(cache);
        boolean list = input.length > 0 && input[0] == '{';
        Path zip = Files.write(directory.resolve("x.zip"), list ? zip(Map.of("config.json", "{}")) : input);
        Path unpacked = ModelArchive.unpack(zip, "base.model: mvn:g:a:1", cache, told -> {});
        if (list) {
            Files.write(unpacked.resolveSibling(unpacked.getFileName() + ".json"), input);
        }
        ModelArchive.unpack(zip, "base.model: mvn:g:a:1", cache, told -> {});
    }
}
