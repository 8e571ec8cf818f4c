package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.drift.ExampleDigests.Digest;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code fingerprint.json} and {@code examples.bin}. */
class FingerprintFuzzTest extends FuzzedReader {
    FingerprintFuzzTest() {
        super("fingerprint");
    }

    @Override
    protected List<byte[]> seeds() {
        FingerprintBuilder builder = new FingerprintBuilder(Set.of("a"));
        builder.add(List.of("what is this"), "a");
        builder.add(List.of("and that"), "b");
        try {
            return List.of(
                    JsonFile.bytes(
                            FingerprintJson.json(builder.build(List.of(new Fingerprint.DataFile("t.jsonl", 2, "0f"))))),
                    new ExampleDigests(List.of(new Digest(1, 2), new Digest(3, 4)), List.of(new Digest(5, 6))).bytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void read(byte[] input) {
        if (input.length > 0 && input[0] == 'f') {
            ExampleDigests.parse("examples.bin", input, "Run ft:dataset again.");
        } else {
            Fingerprint read = FingerprintJson.parse("fingerprint.json", input, "Run ft:dataset again.");
            if (read.rows() > 0 && read.questions().total() > 0) {
                Drift.of(read, read);
            }
        }
    }
}
