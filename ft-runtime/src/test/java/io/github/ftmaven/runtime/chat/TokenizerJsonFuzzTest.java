package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.util.List;

/** {@code tokenizer.json} by our own reader; what the library does of what passed is in {@link NativeTokenizerFuzzTest}. */
class TokenizerJsonFuzzTest extends FuzzedReader {
    TokenizerJsonFuzzTest() {
        super("tokenizer");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/tokenizers/bytes/tokenizer.json"),
                resource("/tokenizers/words/tokenizer.json"),
                resource("/models/tiny-llama/tokenizer.json"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Files.write(directory.resolve("tokenizer.json"), input);
        Tokenizer.json(directory);
    }
}
