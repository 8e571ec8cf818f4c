package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A promptfoo configuration. */
class SuiteFuzzTest extends FuzzedReader {
    SuiteFuzzTest() {
        super("suite");
    }

    /** What the seeds name. */
    @BeforeEach
    void prepare() throws Exception {
        for (String name : List.of("data/provider.yaml", "data/score.js", "data/schema.json")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, resource("/suites/" + name));
        }
        readsItsSeeds(); // which loads mathjs, and that takes longer than any input may
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/suites/basics.yaml"),
                resource("/suites/scenarios.yaml"),
                resource("/suites/sets.yaml"),
                resource("/suites/transforms.yaml"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        SuiteReader.read(Files.write(directory.resolve("s.yaml"), input), "s.yaml", input.length % 2 == 0, Map.of());
    }
}
