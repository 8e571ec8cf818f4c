package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** {@code train/training.json}. */
class TrainingSummaryFuzzTest extends FuzzedReader {
    TrainingSummaryFuzzTest() {
        super("training");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"steps": 12, "seconds": 3.5, "tokensPerSecond": 1200.25, "supervisedTokens": 900,
                 "peakMemoryBytes": 123456789, "finalLoss": 0.25}""".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        TrainingSummary.read(Files.write(directory.resolve("training.json"), input), false);
    }
}
