package io.github.ftmaven.plugin.command;

import io.github.ftmaven.runtime.error.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes what a command prints to a file, of which it fills only so much: the beginning, and the last lines, which mostly
 * say why a command failed. The rest is read and forgotten, so that the command never waits.
 */
final class BoundedOutput implements Runnable {
    private static final int END = 1 << 16;
    private static final int LONGEST_LINE = 500;

    private final InputStream in;
    private final Path file;
    private final long limit;

    private final byte[] end = new byte[END];
    private long total;

    /**
     * Prepares to read.
     *
     * @param limit the bytes of the beginning
     */
    BoundedOutput(InputStream in, Path file, long limit) {
        this.in = in;
        this.file = file;
        this.limit = limit;
    }

    /** Reads to the end. */
    @Override
    public void run() {
        byte[] buffer = new byte[1 << 13];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int kept = (int) Math.max(0, Math.min(read, limit - taken()));
                out.write(buffer, 0, kept);
                out.flush(); // so that the file can be followed
                remember(buffer, read);
            }
            long left = taken() - limit - END;
            if (left > 0) {
                out.write(String.format(Locale.ROOT, "%n[%,d bytes left out]%n", left)
                        .getBytes(StandardCharsets.UTF_8));
            }
            if (taken() > limit) {
                out.write(last(Math.min(END, taken() - limit)));
            }
        } catch (IOException e) {
            if (!"Stream closed".equals(e.getMessage())) { // the command ended, but not all that it started
                throw new UncheckedIOException(file + ": cannot be written", e);
            }
        }
    }

    /** The last line that is not blank, harmless for a log; empty if there is none. */
    String lastLine() {
        String text = new String(last(Math.min(END, taken())), StandardCharsets.UTF_8);
        String line = text.lines()
                .filter(each -> !each.isBlank())
                .reduce("", (earlier, later) -> later)
                .strip();
        return PrintableText.line(line.substring(0, Math.min(LONGEST_LINE, line.length())));
    }

    private synchronized long taken() {
        return total;
    }

    private synchronized void remember(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            end[(int) ((total + i) % END)] = bytes[i];
        }
        total += count;
    }

    private synchronized byte[] last(long count) {
        byte[] bytes = new byte[(int) count];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = end[(int) ((total - count + i) % END)];
        }
        return bytes;
    }
}
