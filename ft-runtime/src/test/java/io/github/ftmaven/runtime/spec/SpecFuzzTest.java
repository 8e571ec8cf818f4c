package io.github.ftmaven.runtime.spec;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.util.List;

/** The spec. */
class SpecFuzzTest extends FuzzedReader {
    SpecFuzzTest() {
        super("spec");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/spec/good/complete.yaml"),
                resource("/spec/good/forms.yaml"),
                resource("/spec/good/full.yaml"),
                resource("/spec/good/minimal.yaml"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        SpecReader.parse(input, "fine-tune.yaml");
    }
}
