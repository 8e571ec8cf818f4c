package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.completions.ChatException;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import io.github.ftmaven.runtime.hosted.HostedException;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Journal;
import io.github.ftmaven.runtime.journal.JournalEvents;
import io.github.ftmaven.runtime.journal.StoppedException;
import io.github.ftmaven.runtime.torch.NativeProblem;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one task in a process of its own.
 *
 * <p>The parent holds the other end of standard input. When it closes, for whatever reason, the process halts at once.
 * The line {@code STOP} on it, SIGINT or SIGTERM asks the task to save its state and stop. The result is the last event
 * of the journal. The standard streams are the log, on which native libraries may print.
 */
public final class Worker {
    /** The task returned. */
    public static final int OK = 0;

    /** The user's input is wrong; the last event says what. */
    public static final int INPUT_ERROR = 10;

    /** Any other error. */
    public static final int INTERNAL_ERROR = 20;

    /** The task stopped on request and can be resumed. */
    public static final int STOPPED = 30;

    /** The line on standard input that asks the task to stop. */
    public static final String STOP = "STOP";

    /** How long the process stays alive after a signal, so that the task can save its state. */
    private static final long GRACE_SECONDS = 20;

    private final Map<String, Task> tasks;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean stopRequested;

    /** Creates a worker with a task for each goal. */
    public Worker(Map<String, Task> tasks) {
        this.tasks = Map.copyOf(tasks);
    }

    /** Runs the request in the file that the only argument names, and ends the process with the exit code. */
    @SuppressForbidden("standard error is the log")
    public void runAndExit(String... arguments) {
        Thread watchdog = new Thread(new ParentWatch(this::requestStop), "parent-watch");
        watchdog.setDaemon(true);
        watchdog.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
        int exitCode;
        try {
            exitCode = run(WorkRequest.read(Path.of(arguments[0])));
        } catch (Throwable e) {
            e.printStackTrace();
            exitCode = INTERNAL_ERROR;
        }
        finished.countDown();
        System.exit(exitCode);
    }

    private int run(WorkRequest request) throws IOException {
        Versions versions = Versions.current();
        try (Journal journal = new Journal(Path.of(request.setting().events()))) {
            journal.append(new Event.Hello(
                    WorkRequest.PROTOCOL,
                    ProcessHandle.current().pid(),
                    versions.djl(),
                    versions.libtorch(),
                    request.setting().device(),
                    request.setting().threads()));
            return run(request, journal);
        }
    }

    @SuppressForbidden("standard error is the log")
    private int run(WorkRequest request, Journal journal) {
        try {
            Task task = tasks.get(request.goal());
            if (task == null) {
                throw new IllegalArgumentException("no task for the goal " + request.goal());
            }
            journal.append(new Event.Result(task.run(request, new JournalEvents(journal, () -> stopRequested))));
            return OK;
        } catch (InvalidInputException e) {
            journal.append(new Event.Failure(Event.Kind.INPUT, text(e)));
            return INPUT_ERROR;
        } catch (InvalidPathException e) {
            journal.append(new Event.Failure(Event.Kind.INPUT, FileNames.problem(e)));
            return INPUT_ERROR;
        } catch (OutOfMemoryException e) {
            e.printStackTrace();
            journal.append(new Event.Failure(
                    Event.Kind.INPUT,
                    "ft:" + request.goal() + " ran out of memory: " + e.getMessage()
                            + ". Set base.quantization to nf4, or use a machine with more memory."));
            return INPUT_ERROR;
        } catch (HostedException | ChatException e) {
            journal.append(new Event.Failure(Event.Kind.OUTSIDE, String.valueOf(e.getMessage())));
            return INTERNAL_ERROR;
        } catch (StoppedException e) {
            journal.append(new Event.Stopped(String.valueOf(e.getMessage())));
            return STOPPED;
        } catch (Throwable e) {
            e.printStackTrace();
            journal.append(new Event.Failure(Event.Kind.INTERNAL, description(e)));
            return INTERNAL_ERROR;
        }
    }

    /** A file that cannot be read or written, for example on a full disk, needs no stack trace. */
    private static String description(Throwable e) {
        Optional<String> ofTheSystem = NativeProblem.of(e);
        if (ofTheSystem.isPresent()) {
            return ofTheSystem.get().replaceFirst("\\.$", ""); // another sentence follows
        }
        if (e instanceof UncheckedIOException unchecked && !isBare(unchecked)) {
            return String.valueOf(e.getMessage());
        }
        Throwable failure = e instanceof UncheckedIOException ? e.getCause() : e;
        if (failure instanceof IOException problem) {
            return FileProblem.of(problem);
        }
        return e.toString();
    }

    /** Whether its message only repeats its cause. */
    private static boolean isBare(UncheckedIOException e) {
        return String.valueOf(e.getCause()).equals(e.getMessage());
    }

    private static String text(InvalidInputException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private void requestStop() {
        stopRequested = true;
    }

    /** Handles a signal: the JVM ends when this returns. */
    private void stopAndWait() {
        requestStop();
        try {
            finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
