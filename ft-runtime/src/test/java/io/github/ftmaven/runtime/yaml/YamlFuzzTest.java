package io.github.ftmaven.runtime.yaml;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.util.List;

/** YAML as a tree. */
class YamlFuzzTest extends FuzzedReader {
    YamlFuzzTest() {
        super("yaml");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/spec/good/forms.yaml"),
                resource("/suites/yaml12.yaml"),
                resource("/suites/values.yaml"),
                resource("/lmeval/tasks/letters.yaml"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        YamlTree.read(input, "x.yaml");
    }
}
