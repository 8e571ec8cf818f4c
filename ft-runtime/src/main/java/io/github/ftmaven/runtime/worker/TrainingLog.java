package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.training.StepReport;
import io.github.ftmaven.runtime.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a line of {@code train/log.jsonl} for each step and forwards progress. */
final class TrainingLog implements TrainingListener, AutoCloseable {
    private static final JsonMapper JSON = Json.lenient();

    private final Path file;
    private final Events events;
    private Writer writer;

    TrainingLog(Path file, Events events) throws IOException {
        this.file = file;
        this.events = events;
        this.writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void onStart(int step) {
        try {
            writer.close();
            // One byte per character, so that a damaged file does not cause an error here.
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            int kept = 0;
            while (kept < lines.size() && stepOf(lines.get(kept)) <= step) {
                kept++;
            }
            Files.write(file, lines.subList(0, kept), StandardCharsets.ISO_8859_1);
            writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that a killed process left incomplete counts as later than any step. */
    private static int stepOf(String line) {
        try {
            JsonNode step = JSON.readTree(line).path("step");
            return step.asInt(Integer.MAX_VALUE);
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }

    @Override
    public void onStep(StepReport report) {
        try {
            writer.write(JSON.writeValueAsString(report) + "\n");
            writer.flush(); // so that the file can be followed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        events.progress(new Event.Progress(
                "Training",
                report.step(),
                report.steps(),
                report.loss(),
                report.tokensPerSecond(),
                report.secondsLeft()));
    }

    @Override
    public void onMessage(String text) {
        events.info(text);
    }

    @Override
    public void onWarning(String text) {
        events.warn(text);
    }

    @Override
    public boolean stopRequested() {
        return events.stopRequested();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
