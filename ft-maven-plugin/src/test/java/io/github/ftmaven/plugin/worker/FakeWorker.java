package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import io.github.ftmaven.runtime.worker.Task;
import io.github.ftmaven.runtime.worker.WorkRequest;
import io.github.ftmaven.runtime.worker.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker that needs no engine; its goals are ways to end. */
final class FakeWorker {
    private FakeWorker() {}

    public static void main(String[] arguments) {
        Map<String, Task> tasks = Map.of(
                "succeed", FakeWorker::succeed,
                "refuse", FakeWorker::refuse,
                "fail", FakeWorker::fail,
                "signal", FakeWorker::signal,
                "exit", FakeWorker::exit,
                "exhaust", FakeWorker::exhaust,
                "endless", FakeWorker::trainUntilStopped);
        new Worker(tasks).runAndExit(arguments);
    }

    private static Map<String, Object> succeed(WorkRequest request, Events events) {
        events.info("begins");
        events.warn("slowly");
        events.progress(new Event.Progress("Training", 3, 3, 0.5, null, null));
        return Map.of(
                "directory",
                Path.of("").toAbsolutePath().toString(),
                "cache",
                String.valueOf(System.getenv("DJL_CACHE_DIR")),
                "offline",
                String.valueOf(System.getProperty("ai.djl.offline")),
                "argument",
                String.valueOf(System.getProperty("an.argument")));
    }

    private static Map<String, Object> refuse(WorkRequest request, Events events) {
        throw new InvalidInputException("data/train.jsonl:7: not valid JSON.");
    }

    private static Map<String, Object> fail(WorkRequest request, Events events) {
        throw new IllegalStateException("the engine is broken");
    }

    /** Sends itself the signal that the key names. */
    private static Map<String, Object> signal(WorkRequest request, Events events) throws Exception {
        new ProcessBuilder(
                        "kill",
                        "-" + request.parameters().get("key"),
                        Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        Thread.sleep(60_000);
        return Map.of();
    }

    private static Map<String, Object> exit(WorkRequest request, Events events) {
        System.out.println("terminate called after throwing an instance of 'c10::Error'");
        Runtime.getRuntime().halt(Integer.parseInt(request.parameters().get("key")));
        return Map.of();
    }

    private static Map<String, Object> exhaust(WorkRequest request, Events events) {
        List<long[]> heap = new ArrayList<>();
        while (heap.size() < Integer.MAX_VALUE) {
            heap.add(new long[1 << 17]);
        }
        return Map.of();
    }

    /** Saves its state when asked to stop. */
    private static Map<String, Object> trainUntilStopped(WorkRequest request, Events events) throws Exception {
        events.info("endless");
        while (!events.stopRequested()) {
            Thread.sleep(10);
        }
        Files.writeString(Path.of(request.setting().output(), "checkpoint"), "saved");
        throw new StoppedException("A checkpoint is saved.");
    }
}
