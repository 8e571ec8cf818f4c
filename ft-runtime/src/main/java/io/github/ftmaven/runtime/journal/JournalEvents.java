package io.github.ftmaven.runtime.journal;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Writes a task's events to the journal. */
public final class JournalEvents implements Events {
    private static final long LEAST_NANOS_BETWEEN = Duration.ofMillis(100).toNanos();

    private final Journal journal;
    private final BooleanSupplier stopRequested;
    private long lastProgress = System.nanoTime() - LEAST_NANOS_BETWEEN;

    public JournalEvents(Journal journal, BooleanSupplier stopRequested) {
        this.journal = journal;
        this.stopRequested = stopRequested;
    }

    @Override
    public synchronized void progress(Event.Progress progress) {
        long now = System.nanoTime();
        if (progress.step() < progress.steps() && now - lastProgress < LEAST_NANOS_BETWEEN) {
            return;
        }
        lastProgress = now;
        journal.append(progress);
    }

    @Override
    public void info(String text) {
        journal.append(new Event.Message(Event.Level.INFO, text));
    }

    @Override
    public void warn(String text) {
        journal.append(new Event.Message(Event.Level.WARN, text));
    }

    @Override
    public boolean stopRequested() {
        return stopRequested.getAsBoolean();
    }
}
