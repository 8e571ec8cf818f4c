package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.dataset.DatasetProgress;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;

/**
 * Reports how far a dataset is, with the rate so far and the time that is left at that rate. Of what takes less than a
 * second, nothing is said.
 */
final class DatasetEvents implements DatasetProgress {
    private static final double MEGABYTE = 1e6;

    private final Events events;
    private long start = System.nanoTime();
    private boolean isEncoding;

    DatasetEvents(Events events) {
        this.events = events;
    }

    @Override
    public void read(long bytes, long of) {
        double seconds = seconds();
        if (seconds >= 1) {
            events.progress(new Event.Progress(
                    "Reading",
                    (long) (bytes / MEGABYTE),
                    (long) Math.ceil(of / MEGABYTE),
                    null,
                    null,
                    seconds / bytes * (of - bytes),
                    new Event.Rate("MB", bytes / MEGABYTE / seconds)));
        }
    }

    @Override
    public void encoded(long examples, long of, long tokens) {
        if (!isEncoding) {
            isEncoding = true;
            start = System.nanoTime(); // the first examples are behind, a thousand at most
            return;
        }
        double seconds = seconds();
        if (seconds >= 1) {
            events.progress(new Event.Progress(
                    "Tokenizing", examples, of, null, tokens / seconds, seconds / examples * (of - examples)));
        }
    }

    private double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
