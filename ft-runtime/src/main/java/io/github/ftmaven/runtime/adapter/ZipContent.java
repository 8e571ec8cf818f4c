package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads archives from untrusted sources: a few kilobytes of zip can unpack to terabytes. */
public final class ZipContent {
    /** Weights barely compress, and texts compress to about a tenth. */
    private static final long LARGEST_RATIO = 100;

    private static final long ALWAYS = 64L << 20;

    private ZipContent() {}

    /**
     * Checks entries before they are unpacked into one directory.
     *
     * @throws InvalidInputException if their total size is implausible for the size of the archive, or two names differ
     *     only in case
     */
    public static void check(ZipFile zip, Collection<? extends ZipEntry> entries, String display) throws IOException {
        long most = ALWAYS + LARGEST_RATIO * Files.size(Path.of(zip.getName()));
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        long total = 0;
        for (ZipEntry entry : entries) {
            total += Math.max(entry.getSize(), 0);
            if (total > most || total < 0) {
                throw new InvalidInputException(display + ": would unpack to more than " + (most >> 20)
                        + " MiB, which is implausible for an archive of this size. Do not use it.");
            }
            if (!names.add(entry.getName())) {
                throw new InvalidInputException(display + ": holds " + entry.getName() + " twice, if case is ignored.");
            }
        }
    }

    /** An entry's content; reading fails if it is longer than the archive's directory says. */
    public static InputStream open(ZipFile zip, ZipEntry entry, String display) throws IOException {
        return new FilterInputStream(zip.getInputStream(entry)) {
            private long left = entry.getSize();

            @Override
            public int read() throws IOException {
                int value = super.read();
                count(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                count(Math.max(count, 0));
                return count;
            }

            private void count(int bytes) {
                left -= bytes;
                if (left < 0) {
                    throw new InvalidInputException(
                            display + ": " + entry.getName() + " is longer than the archive says. Do not use it.");
                }
            }
        };
    }
}
