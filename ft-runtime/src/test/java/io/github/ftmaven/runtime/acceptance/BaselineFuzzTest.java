package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** {@code evaluation/baseline.json}. */
class BaselineFuzzTest extends FuzzedReader {
    BaselineFuzzTest() {
        super("baseline");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                String.format(Locale.ROOT, """
                {"state": "released", "name": "g:a:1.0", "digest": "%s", "reason": "g:a:1.0 was released last."}""", "ab".repeat(32)).getBytes(StandardCharsets.UTF_8),
                "{\"state\": \"first-release\", \"reason\": \"Nothing was released.\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        ReleasedAdapter.read(Files.write(directory.resolve("baseline.json"), input))
                .json();
    }
}
