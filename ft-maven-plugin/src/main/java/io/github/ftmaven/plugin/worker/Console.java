package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.journal.Event;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Where a build says what its worker does: messages as lines of Maven's log, progress as one line that is redrawn, or,
 * where nobody watches, as a line of the log every few seconds.
 */
public final class Console implements AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(5).toNanos();

    /** Without the terminal's own line breaks, so that a line longer than it is wide stays one line. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    /** The cursor waits at the line's beginning: a line that a resize broke into several is then all below it. */
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

    /** One that redraws its progress on a terminal. */
    public static Console live(Log log, PrintStream terminal) {
        return new Console(log, terminal, System::nanoTime);
    }

    /** One that writes lines. */
    public static Console plain(Log log) {
        return plain(log, System::nanoTime);
    }

    static Console plain(Log log, LongSupplier nanos) {
        return new Console(log, null, nanos);
    }

    void progress(Event.Progress progress) {
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

    void message(Event.Message message) {
        erase();
        switch (message.level()) {
            case INFO -> log.info(message.text());
            case WARN -> log.warn(message.text());
        }
    }

    /** Says how a build that was interrupted can go on, also where only errors are shown. */
    void stopped(String text) {
        erase();
        log.error(text);
    }

    /** Takes away the progress that is drawn. */
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
