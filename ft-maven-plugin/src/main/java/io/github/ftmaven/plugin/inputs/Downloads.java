package io.github.ftmaven.plugin.inputs;

import io.github.ftmaven.runtime.hub.HubListener;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;

/** Logs downloads: when one begins, every ten seconds, and when it ends. Small files are not logged. */
public final class Downloads implements HubListener {
    private static final long WORTH_A_LINE = 5_000_000;
    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Log log;
    private final LongSupplier nanoTime;
    private String file = "";
    private long firstBytes;
    private long began;
    private long told;

    Downloads(Log log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    @Override
    public void arrived(String name, long bytes, long size) {
        if (size < WORTH_A_LINE) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (!name.equals(file)) {
            file = name;
            firstBytes = bytes;
            began = now;
            told = now;
            log.info("Downloading " + name + ", " + megabytes(size)
                    + (bytes > 0 ? ", of which " + megabytes(bytes) + " were downloaded before." : "."));
        } else if (bytes == size) {
            log.info("Downloaded " + name + " in " + seconds(now - began) + ".");
        } else if (now - told >= SILENCE_NANOS) {
            told = now;
            double rate = (bytes - firstBytes) / Math.max(1e-9, (now - began) / 1e9);
            log.info(String.format(
                    Locale.ROOT,
                    "%s: %.0f %%, %.1f MB/s, %s left",
                    name,
                    Math.floor(100.0 * bytes / size),
                    rate / 1e6,
                    rate > 0 ? seconds((long) ((size - bytes) / rate * 1e9)) : "?"));
        }
    }

    @Override
    public void retrying(String message) {
        log.warn(message);
    }

    @Override
    public void unverified(String message) {
        log.warn(message);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    private static String seconds(long nanos) {
        long seconds = Math.round(nanos / 1e9);
        return seconds < 120 ? seconds + " s" : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
}
