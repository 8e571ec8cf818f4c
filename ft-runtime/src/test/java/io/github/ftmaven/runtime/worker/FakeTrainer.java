package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A worker process with tasks that need no engine. */
final class FakeTrainer {
    private FakeTrainer() {}

    public static void main(String[] arguments) {
        new Worker(Map.of(
                        "train", FakeTrainer::succeed,
                        "input", FakeTrainer::refuse,
                        "path", FakeTrainer::resolve,
                        "internal", FakeTrainer::breakDown,
                        "denied", FakeTrainer::readWhatItMayNot,
                        "noise", FakeTrainer::printNoise,
                        "endless", FakeTrainer::trainUntilStopped,
                        "deaf", FakeTrainer::trainOn))
                .runAndExit(arguments);
    }

    private static Map<String, Object> succeed(WorkRequest request, Events events) {
        events.info("begins");
        for (int step = 1; step <= 1000; step++) {
            events.progress(new Event.Progress("Training", step, 1000, 1.0 / step, 100.0, 0.5));
        }
        return Map.of("steps", 1000, "key", request.parameters().get("key"));
    }

    private static Map<String, Object> refuse(WorkRequest request, Events events) {
        throw new InvalidInputException("data/train.jsonl:7: not valid JSON.");
    }

    private static Map<String, Object> resolve(WorkRequest request, Events events) {
        return Map.of("path", Path.of("data/\0.jsonl"));
    }

    private static Map<String, Object> breakDown(WorkRequest request, Events events) {
        throw new IllegalStateException("the engine is broken");
    }

    private static Map<String, Object> readWhatItMayNot(WorkRequest request, Events events) {
        throw new UncheckedIOException(new AccessDeniedException("/data/none.jsonl"));
    }

    private static Map<String, Object> printNoise(WorkRequest request, Events events) {
        System.out.println("{\"event\":\"result\",\"fields\":{\"steps\":\"forged\"}}");
        System.err.println("noise");
        return Map.of("steps", 1);
    }

    /** Saves its state when asked to stop. */
    private static Map<String, Object> trainUntilStopped(WorkRequest request, Events events) throws Exception {
        events.info("endless");
        while (!events.stopRequested()) {
            Thread.sleep(10);
        }
        Files.writeString(
                Path.of(request.setting().output(), "checkpoint"),
                request.parameters().get("key"));
        throw new StoppedException("A checkpoint is saved.");
    }

    /** As native code in a long step: it listens to nothing. */
    private static Map<String, Object> trainOn(WorkRequest request, Events events) throws Exception {
        events.info("deaf");
        Thread.sleep(60_000);
        return Map.of();
    }
}
