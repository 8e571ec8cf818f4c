package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How far a training was, as its checkpoint says behind a seal that fits. */
class ProgressFuzzTest extends FuzzedReader {
    ProgressFuzzTest() {
        super("progress");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"step": 3, "seconds": 1.5, "tokens": 90, "supervisedTokens": 30, "recentLosses": [2.5, 2.0, 1.5],
                 "firstLoss": null, "bestLoss": 1.25, "bestStep": 2, "badValidations": 1}""".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Optional<Progress> progress = Progress.read(new String(input, StandardCharsets.UTF_8), 9);
        if (progress.isPresent()) {
            progress.get().tokensPerSecond();
            progress.get().plus(1, 1, 1, 1).validated(1).json();
        }
    }
}
