package io.github.ftmaven.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

/** {@code entry.json} of a kept result. */
class EntryFuzzTest extends FuzzedReader {
    private static final Stamp STAMP =
            new Stamp(new TreeMap<>(Map.of("training.epochs", "3.0", "file t.jsonl", "ab12")));
    private static final Map<String, String> FILES =
            Map.of("train/training.json", "{}", "train/adapter/adapter_config.json", "{\"r\": 8}");

    private Path output = Path.of("");

    EntryFuzzTest() {
        super("entry");
    }

    @BeforeEach
    void place() {
        output = directory.resolve("target/ft");
    }

    @Override
    protected List<byte[]> seeds() {
        StringBuilder files = new StringBuilder();
        FILES.forEach((name, content) -> files.append(files.isEmpty() ? "" : ", ")
                .append('"')
                .append(name)
                .append("\": \"")
                .append(Digests.sha256(content))
                .append('"'));
        return List.of(String.format(Locale.ROOT, """
                {"formatVersion": 1, "made": "2026-11-26T01:29:40Z", "fields": {"file t.jsonl": "ab12",
                 "training.epochs": "3.0"}, "files": {%s}, "signature": "cd34"}""", files).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        ResultCache cache = new ResultCache(directory.resolve("cache"), 1_000_000, null);
        Stage stage = Stage.train(output);
        Path entry = cache.entry(stage, STAMP);
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path place = entry.resolve("files").resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
        Files.write(entry.resolve(KeptResult.ENTRY), input);
        cache.find(stage, STAMP);
        cache.nearest(stage, STAMP);
        try (HeldResult held = cache.hold(stage, output, STAMP, told -> {})) {
            held.take();
        }
        assertThat(output.resolve("train/training.json")).hasContent("{}");
    }
}
