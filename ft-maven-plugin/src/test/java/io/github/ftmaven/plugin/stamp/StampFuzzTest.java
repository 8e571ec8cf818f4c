package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

/** {@code stamp.json} of a stage. */
class StampFuzzTest extends FuzzedReader {
    private static final Stamp STAMP =
            new Stamp(new TreeMap<>(Map.of("training.epochs", "3.0", "device", "cpu", Stamp.file("t.jsonl"), "ab12")));

    private Stage stage = Stage.dataset(Path.of(""));
    private Stamps stamps = new Stamps(Path.of(""), new DigestCache(Path.of("none")));

    StampFuzzTest() {
        super("stamp");
    }

    @BeforeEach
    void writeOutputs() throws IOException {
        stage = Stage.dataset(directory.resolve("ft"));
        stamps = new Stamps(directory, new DigestCache(directory.resolve("digests.json")));
        for (Path output : stage.outputs()) {
            Files.createDirectories(output.getParent());
            Files.writeString(output, "{}");
        }
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        stamps.record(stage, STAMP);
        return List.of(Files.readAllBytes(stage.stampFile()));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Files.write(stage.stampFile(), input);
        stamps.decide(stage, STAMP);
        STAMP.changesSince(Stamps.read(stage, "Run ft:dataset again."));
        stamps.damage(stage, "Run ft:dataset again.");
        stamps.damage(stage, stage.outputs().subList(0, 1), "Run ft:dataset again.");
    }
}
