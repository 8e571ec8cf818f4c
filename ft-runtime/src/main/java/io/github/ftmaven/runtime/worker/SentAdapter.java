package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An adapter on its way to other processes.
 *
 * @param name the digest of its files; {@link #NONE} for the base alone
 * @param parts its configuration, then the file of weights in parts
 */
record SentAdapter(String name, List<byte[]> parts) {
    /** The base alone. */
    static final String NONE = "";

    private static final int PART = 1 << 26;

    /** No adapter. */
    static SentAdapter none() {
        return new SentAdapter(NONE, List.of());
    }

    /** Reads the two files of a directory. */
    static SentAdapter read(Path directory) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        parts.add(Files.readAllBytes(directory.resolve(PeftAdapter.CONFIG)));
        try (InputStream weights = Files.newInputStream(directory.resolve(PeftAdapter.WEIGHTS))) {
            for (byte[] part = weights.readNBytes(PART); part.length > 0; part = weights.readNBytes(PART)) {
                parts.add(part);
            }
        }
        return new SentAdapter(digest(directory), parts);
    }

    private static String digest(Path directory) {
        return Digests.sha256(List.of(directory.resolve(PeftAdapter.CONFIG), directory.resolve(PeftAdapter.WEIGHTS)));
    }

    boolean isNone() {
        return name.equals(NONE);
    }

    /**
     * Writes the two files into a directory.
     *
     * @throws IOException if they did not arrive as they were sent
     */
    void write(Path directory) throws IOException {
        Files.write(directory.resolve(PeftAdapter.CONFIG), parts.get(0));
        try (OutputStream weights = Files.newOutputStream(directory.resolve(PeftAdapter.WEIGHTS))) {
            for (byte[] part : parts.subList(1, parts.size())) {
                weights.write(part);
            }
        }
        if (!digest(directory).equals(name)) {
            throw new IOException("the adapter " + name + " did not arrive whole");
        }
    }
}
