package io.github.ftmaven.plugin.command;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.cache.CacheKey;
import io.github.ftmaven.plugin.worker.Console;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.EventReader;
import io.github.ftmaven.runtime.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the command of a spec. There is no shell in between: its words are those of the spec, on every system, and a path
 * with blanks stays one word.
 */
final class CommandProcess {
    private static final long POLL_MILLIS = 100;
    private static final long LOGGED = 8L << 20;

    /** What a command started may hold its output open; nobody waits for that. */
    private static final Duration FOR_OUTPUT = Duration.ofSeconds(2);

    private final Launch launch;
    private final Path directory;
    private final Path log;
    private final Console console;

    /**
     * Prepares to run commands.
     *
     * @param directory of the request
     */
    CommandProcess(Launch launch, Path directory, Console console) {
        this.launch = launch;
        this.directory = directory;
        this.log = launch.logs().resolve("train.command.log");
        this.console = console;
    }

    /**
     * Runs a command to its end.
     *
     * @throws InvalidInputException if its training says that the user's input is wrong
     * @throws WorkerException if it failed or took too long
     */
    void run(List<String> words) throws IOException, WorkerException {
        Files.createDirectories(launch.logs());
        Path events = directory.resolve(RequestDirectory.EVENTS);
        Files.deleteIfExists(events); // those of a run that failed
        Files.createFile(events);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(launch.workingDirectory().toFile())
                .redirectErrorStream(true);
        builder.environment().remove(CacheKey.VARIABLE);
        Process process = start(builder);
        process.getOutputStream().close();
        BoundedOutput output = new BoundedOutput(process.getInputStream(), log, LOGGED);
        Thread reader = new Thread(output, "output of runner.command");
        reader.setDaemon(true);
        reader.start();
        RunningCommand note = new RunningCommand(directory);
        note.write(process.toHandle());
        await(process.toHandle(), true);
        note.delete();
        finish(reader);
        int exitCode = process.exitValue();
        if (exitCode != 0) {
            throw failure(exitCode, output.lastLine());
        }
    }

    /** Waits for the command of a build that was killed. */
    void join(ProcessHandle process) throws IOException, WorkerException {
        await(process, false);
        new RunningCommand(directory).delete();
    }

    private Process start(ProcessBuilder builder) throws WorkerException {
        try {
            return builder.start();
        } catch (IOException e) {
            // Java appends the system's message to its own. The other words may be secret.
            String reason = String.valueOf(e.getMessage()).replaceFirst("(?s)^.*error=\\d+, ", "");
            throw new WorkerException("runner.command: " + builder.command().get(0) + " cannot be started: " + reason
                    + ". Check the first word of the command.");
        }
    }

    private void await(ProcessHandle process, boolean own) throws IOException, WorkerException {
        Thread hook = new Thread(() -> ProcessTree.stop(process), "stop runner.command");
        Runtime.getRuntime().addShutdownHook(hook);
        long begin = System.nanoTime();
        try (EventReader events = new EventReader(directory.resolve(RequestDirectory.EVENTS));
                console) {
            boolean ended;
            do {
                ended = !process.isAlive();
                show(events);
                if (!ended) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                    requireTime(begin);
                }
            } while (!ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerException("ft:train was interrupted.", e);
        } finally {
            if (own && process.isAlive()) {
                ProcessTree.stop(process);
            }
            removeHook(hook);
        }
    }

    private void show(EventReader events) throws IOException {
        try {
            for (Event event : events.poll()) {
                if (event instanceof Event.Progress progress) {
                    console.progress(progress);
                } else if (event instanceof Event.Message message) {
                    console.message(message);
                }
            }
        } catch (JournalException e) {
            // The command copies the journal as it likes. Only the result counts.
        }
    }

    private void requireTime(long begin) throws WorkerException {
        if (!launch.timeout().isZero()
                && System.nanoTime() - begin > launch.timeout().toNanos()) {
            throw new WorkerException("runner.command did not end within "
                    + Counted.of(launch.timeout().toSeconds(), "second")
                    + " and was stopped. Raise ft.forkedProcessTimeoutInSeconds.");
        }
    }

    private static void finish(Thread reader) throws WorkerException {
        try {
            reader.join(FOR_OUTPUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerException("ft:train was interrupted.", e);
        }
    }

    private WorkerException failure(int exitCode, String lastLine) {
        Optional<Event> last = lastEvent();
        if (last.isPresent() && last.get() instanceof Event.Failure failure) {
            if (failure.kind() == Event.Kind.INPUT) {
                throw new InvalidInputException(failure.text());
            }
            return new WorkerException("ft:train failed where runner.command ran it: " + failure.text()
                    + ". The command's output is in " + shownLog() + ".");
        }
        if (last.isPresent() && last.get() instanceof Event.Stopped stopped) {
            return new WorkerException("ft:train was stopped where runner.command ran it. " + stopped.text());
        }
        return new WorkerException("runner.command ended with exit code " + exitCode
                + (lastLine.isEmpty() ? "" : ": " + lastLine.replaceFirst("[.]$", "")) + ". Its output is in "
                + shownLog()
                + ". Build again when that is mended; a training that goes on elsewhere may still leave its result in "
                + FineTune.shown(launch.workingDirectory(), directory) + ".");
    }

    /** The last word of the training, if its journal came back. */
    private Optional<Event> lastEvent() {
        try (EventReader events = new EventReader(directory.resolve(RequestDirectory.EVENTS))) {
            return events.poll().stream().reduce((earlier, later) -> later);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String shownLog() {
        return FineTune.shown(launch.workingDirectory(), log);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Maven is shutting down, and the hook runs.
        }
    }
}
