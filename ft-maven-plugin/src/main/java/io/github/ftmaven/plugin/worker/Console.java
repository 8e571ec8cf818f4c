package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.journal.Event;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Shows a build what its worker does. Messages become lines of Maven's log. Progress is a line that is redrawn on a
 * terminal, otherwise a log line every few seconds.
 */
public final class Console implements AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(5).toNanos();

    /** Turns off the terminal's line wrapping, so that a line wider than the terminal stays one line. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    /** Puts the cursor at the beginning of the line. If a resize wraps the line, all of it is then below the cursor. */
    private static final String TO_THE_BEGINNING = "\r";

    private static final String ERASE_BELOW = "\u001b[J";

    private final Log log;
    private final @Nullable PrintStream terminal;
    private final LongSupplier clock;
    private long nextLine;
    private boolean drawn;

    private Console(Log log, @Nullable PrintStream terminal, LongSupplier clock) {
        this.log = log;
        this.terminal = terminal;
        this.clock = clock;
        this.nextLine = clock.getAsLong() + NANOS_BETWEEN_LINES;
    }

    /** A console that redraws its progress on a terminal. */
    public static Console live(Log log, PrintStream terminal) {
        return new Console(log, terminal, System::nanoTime);
    }

    /** A console that writes log lines. */
    public static Console plain(Log log) {
        return plain(log, System::nanoTime);
    }

    static Console plain(Log log, LongSupplier nanos) {
        return new Console(log, null, nanos);
    }

    /** Shows how far the work is. */
    public void progress(Event.Progress progress) {
        boolean done = progress.step() >= progress.steps();
        if (terminal != null && !done) {
            terminal.print(NO_WRAP
                    + TO_THE_BEGINNING
                    + PrintableText.line(ProgressText.of(progress))
                    + ERASE_BELOW
                    + TO_THE_BEGINNING
                    + WRAP);
            terminal.flush();
            drawn = true;
        } else if (done || clock.getAsLong() >= nextLine) {
            erase();
            log.info(PrintableText.line(ProgressText.of(progress)));
            nextLine = clock.getAsLong() + NANOS_BETWEEN_LINES;
        }
    }

    /** Shows a message of the worker. */
    public void message(Event.Message message) {
        erase();
        switch (message.level()) {
            case INFO -> log.info(message.text());
            case WARN -> log.warn(message.text());
        }
    }

    /** Says how an interrupted build can be resumed. An error, so that it also appears with {@code -q}. */
    void stopped(String text) {
        erase();
        log.error(text);
    }

    /** Erases the drawn progress. */
    @Override
    public void close() {
        erase();
    }

    private void erase() {
        if (terminal != null && drawn) {
            terminal.print(TO_THE_BEGINNING + ERASE_BELOW);
            terminal.flush();
            drawn = false;
        }
    }
}
