package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** A promptfoo configuration. */
class SuiteFuzzTest extends FuzzedReader {
    SuiteFuzzTest() {
        super("suite");
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
