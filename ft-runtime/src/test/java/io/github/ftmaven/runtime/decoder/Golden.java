package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;

/** A tiny model and what transformers and PEFT computed with it; see tools/README.md for the keys. */
final class Golden {
    static final Path MODEL = Path.of("src/test/resources/models/tiny-llama");
    static final Path ADAPTER = Path.of("src/test/resources/models/tiny-llama-adapter");

    private final SafetensorsFile file;

    Golden() {
        this(MODEL);
    }

    Golden(Path directory) {
        this(directory, "golden.safetensors");
    }

    Golden(Path directory, String name) {
        file = SafetensorsFile.open(directory.resolve(name), "golden");
    }

    float[] floats(String name) {
        ByteBuffer bytes = file.bytes(name);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    int[] ints(String name) {
        ByteBuffer bytes = file.bytes(name);
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    int[] document(int i) {
        return ints("document." + i + ".ids");
    }

    TokenSequence sequence(int i) {
        int[] labels = ints("document." + i + ".labels");
        BitSet supervised = new BitSet();
        for (int t = 1; t < labels.length; t++) {
            supervised.set(t, labels[t] != -100);
        }
        return new TokenSequence(document(i), supervised);
    }
}
