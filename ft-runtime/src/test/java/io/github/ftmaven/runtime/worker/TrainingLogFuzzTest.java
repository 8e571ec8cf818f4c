package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.journal.SilentEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code train/log.jsonl}, which a resumed training goes on with. */
class TrainingLogFuzzTest extends FuzzedReader {
    TrainingLogFuzzTest() {
        super("training-log");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"step":1,"steps":9,"epoch":0.5,"loss":2.5,"learningRate":0.001,"tokensPerSecond":12.0}
                {"step":2,"steps":9,"epoch":1.0,"loss":1.5,"learningRate":0.001,"validationLoss":1.25}
                {"step":3,"steps":9,"epoch":1.5,"loss":1.0,"lea""".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path file = Files.write(directory.resolve("log.jsonl"), input);
        try (TrainingLog log = new TrainingLog(file, new SilentEvents())) {
            log.onStart(2);
        }
    }
}
