package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.EventReader;
import io.github.ftmaven.runtime.worker.WorkRequest;
import io.github.ftmaven.runtime.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs requests, each in its own process.
 *
 * <p>The process does not outlive Maven: a shutdown hook stops it when Maven is interrupted or terminated, and the pipe
 * on its standard input breaks when Maven is killed.
 *
 * <p>The process does not outlive this one: a shutdown hook stops it when Maven is interrupted or terminated, and the
 * pipe on its standard input breaks when Maven is killed.
 */
public final class ForkedWorker {
    private static final long POLL_MILLIS = 100;

    /** Time for the main thread to print what was saved while the JVM shuts down. */
    private static final long SECONDS_TO_SPEAK = 2;

    private final Launch launch;
    private final Console console;

    /** Prepares to start workers. */
    public ForkedWorker(Launch launch, Console console) {
        this.launch = launch;
        this.console = console;
    }

    /**
     * The journal that a goal's worker writes. The request must name it.
     *
     * @param logs the directory for logs
     */
    public static Path journal(Path logs, String goal) {
        return logs.resolve(goal + ".events.jsonl");
    }

    /**
     * Runs a request to its end.
     *
     * @return what the task returned
     * @throws InvalidInputException if something the user supplied is wrong
     * @throws WorkerException if the worker failed, was killed, or exceeded its timeout
     */
    public Map<String, Object> run(WorkRequest request) throws IOException, WorkerException {
        Path logs = Files.createDirectories(launch.logs());
        Path requestFile = logs.resolve(request.goal() + ".request.json");
        request.write(requestFile);
        Path journal = Files.write(journal(logs, request.goal()), new byte[0]);
        Path log = logs.resolve(request.goal() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        CommandLine.of(launch, logs.resolve(request.goal() + ".arguments"), requestFile))
                .directory(launch.workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        launch.environment().apply(builder.environment());

        Process process = start(builder);
        Stopper stopper = new Stopper(process);
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stopper, told), "stop ft worker");
        Runtime.getRuntime().addShutdownHook(hook);
        Outcome lastWord = new Outcome();
        try (EventReader events = new EventReader(journal);
                console) {
            await(process, events, lastWord);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerException("ft:" + request.goal() + " was interrupted.", e);
        } finally {
            if (process.isAlive()) {
                stopper.stop();
            }
            if (!removeHook(hook)) {
                tellBeforeTheEnd(request.goal(), lastWord, told);
            }
        }
        return result(request.goal(), process, lastWord, log);
    }

    private Process start(ProcessBuilder builder) throws WorkerException {
        try {
            return builder.start();
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            // Java appends the system's message to its own.
            String reason = message.replaceFirst("(?s)^.*error=\\d+, ", "");
            String remedy = launch.program() == null
                    ? "Point ft.jvm at the java executable of a JDK 17 or later."
                    : launch.program().remedy();
            String advice = reason.startsWith("No such file")
                            || reason.startsWith("Permission denied")
                            || reason.startsWith("Exec")
                    ? ". " + remedy
                    : ". Free some resources of this machine, or raise its limits (ulimit).";
            throw new WorkerException(builder.command().get(0) + " cannot be started: " + reason + advice, e);
        }
    }

    private static void stop(Stopper stopper, CountDownLatch told) {
        stopper.stop();
        try {
            told.await(SECONDS_TO_SPEAK, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Prints what a stopped worker saved and lets the JVM exit. The JVM is already shutting down, so Maven's own
     * message about the failed goal could be cut off.
     */
    private void tellBeforeTheEnd(String goal, Outcome lastWord, CountDownLatch told) {
        Event.Stopped stopped = lastWord.stopped;
        if (stopped != null) {
            console.stopped("ft:" + goal + " was stopped. " + stopped.text());
        }
        told.countDown();
        while (stopped != null) {
            LockSupport.park();
        }
    }

    private void await(Process process, EventReader events, Outcome lastWord)
            throws IOException, InterruptedException, WorkerException {
        long begin = System.nanoTime();
        boolean ended;
        do {
            ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            // Read after checking the process, so that no event is missed when it has ended.
            for (Event event : events.poll()) {
                take(event, lastWord);
            }
            if (!ended
                    && !launch.timeout().isZero()
                    && System.nanoTime() - begin > launch.timeout().toNanos()) {
                throw new WorkerException("The worker did not end within "
                        + Counted.of(launch.timeout().toSeconds(), "second")
                        + " and was stopped. Raise ft.forkedProcessTimeoutInSeconds. The next build resumes a"
                        + " training from its last checkpoint.");
            }
        } while (!ended);
    }

    private void take(Event event, Outcome lastWord) throws WorkerException {
        if (event instanceof Event.Hello hello) {
            if (hello.protocol() != WorkRequest.PROTOCOL) {
                throw new WorkerException("The worker uses protocol version " + hello.protocol() + ", but this"
                        + " plugin uses version " + WorkRequest.PROTOCOL + ". Use the same version of ft-runtime and"
                        + " the plugin.");
            }
        } else if (event instanceof Event.Progress progress) {
            console.progress(progress);
        } else if (event instanceof Event.Message message) {
            console.message(message);
        } else if (event instanceof Event.Result result) {
            lastWord.result = result;
        } else if (event instanceof Event.Stopped stopped) {
            lastWord.stopped = stopped;
        } else if (event instanceof Event.Failure failure) {
            lastWord.failure = failure;
        }
    }

    private Map<String, Object> result(String goal, Process process, Outcome lastWord, Path log)
            throws WorkerException {
        int exitCode = process.exitValue();
        Event.Result result = lastWord.result;
        if (exitCode == Worker.OK && result != null) {
            return result.fields();
        }
        Event.Failure failure = lastWord.failure;
        String shownLog = FineTune.shown(launch.workingDirectory(), log);
        if (failure != null) {
            switch (failure.kind()) {
                case INPUT -> throw new InvalidInputException(failure.text());
                case OUTSIDE -> throw new WorkerException(failure.text());
                case INTERNAL ->
                    throw new WorkerException(
                            "ft:" + goal + " failed: " + failure.text() + ". Its log is " + shownLog + ".");
            }
        }
        Event.Stopped stopped = lastWord.stopped;
        if (stopped != null) {
            throw new WorkerException("ft:" + goal + " was stopped. " + stopped.text());
        }
        Path crashReport = launch.logs().resolve("hs_err_pid" + process.pid() + ".log");
        throw new WorkerException(WorkerExit.describe(goal, exitCode, crashReport, log, shownLog));
    }

    /** Whether the hook was removed. If not, Maven is shutting down and the hook runs. */
    private static boolean removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The events that report the outcome. */
    private static final class Outcome {
        private Event.@Nullable Result result;
        private Event.@Nullable Stopped stopped;
        private Event.@Nullable Failure failure;
    }
}
