package io.github.ftmaven.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The archive of a result that another machine shared. */
class SharedResultFuzzTest extends FuzzedReader {
    private static final Stamp STAMP = new Stamp(new TreeMap<>(Map.of("training.epochs", "3.0")));

    SharedResultFuzzTest() {
        super("shared-result");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        Path output = directory.resolve("made/ft");
        Files.createDirectories(output.resolve("train/adapter"));
        Files.writeString(output.resolve("train/training.json"), "{}");
        Files.writeString(output.resolve("train/adapter/adapter_config.json"), "{\"r\": 8}");
        Path zip = directory.resolve("made.zip");
        try (HeldResult held = cache("made").hold(Stage.train(output), output, STAMP, told -> {})) {
            held.keep();
            held.export(zip);
        }
        return List.of(Files.readAllBytes(zip));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path output = directory.resolve("target/ft");
        try (HeldResult held = cache("cache").hold(Stage.train(output), output, STAMP, told -> {})) {
            held.bring(Files.write(directory.resolve("x.zip"), input));
            held.take();
        }
        // Whatever an archive says, nothing is written outside.
        try (Stream<Path> places = Files.list(directory)) {
            assertThat(places.map(place -> place.getFileName().toString()))
                    .containsExactlyInAnyOrder("cache", "target", "made", "made.zip", "x.zip");
        }
    }

    private ResultCache cache(String name) {
        return new ResultCache(directory.resolve(name), 1_000_000, null);
    }
}
