package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.runtime.error.Counted;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;

/** Prints a progress line every ten seconds. */
final class RateLog {
    private static final long INTERVAL = 10_000_000_000L;

    private final Log log;
    private final String item;
    private final long start = System.nanoTime();
    private long told = start;

    RateLog(Log log, String item) {
        this.log = log;
        this.item = item;
    }

    /** Some of all items are done. */
    synchronized void onItem(int done, int total) {
        if (System.nanoTime() - told > INTERVAL && done < total) {
            told = System.nanoTime();
            double rate = done / ((told - start) / 1e9);
            log.info(String.format(
                    Locale.ROOT, "%,d of %s, %.1f a second, %s left", done, Counted.of(total, item), rate, left((long)
                            Math.ceil((total - done) / rate))));
        }
    }

    private static String left(long seconds) {
        return seconds < 60 ? seconds + " s" : String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
    }
}
