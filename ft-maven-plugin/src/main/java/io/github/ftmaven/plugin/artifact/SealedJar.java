package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * Adds the evaluation to the jar of an adapter, or removes it. The jar is written to a temporary file and renamed, and
 * entries keep their timestamp. Equal content and evaluation therefore give equal bytes, and a crash leaves one of the
 * two versions.
 */
public final class SealedJar {
    private SealedJar() {}

    /** Creates the files that sealing adds. */
    @FunctionalInterface
    public interface Evaluation {
        /** The files to add or replace, by name. */
        SortedMap<String, byte[]> of(PackagedAdapter adapter) throws IOException;
    }

    /** Seals the adapter unless it already has this seal. */
    public static void seal(Path jar, Evaluation evaluation) throws IOException {
        Path next = next(jar);
        try {
            try (PackagedAdapter adapter = PackagedAdapter.open(jar, jar.toString())) {
                SortedMap<String, byte[]> files = evaluation.of(adapter);
                if (has(adapter, files)) {
                    return;
                }
                AdapterJar content = new AdapterJar(adapter);
                files.forEach(content::add);
                content.write(next, adapter.time().toInstant(ZoneOffset.UTC));
            }
            replace(next, jar);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Whether a file is an adapter's jar with at least one of the files that sealing adds. */
    public static boolean isSealed(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            return false;
        }
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, jar.toString())) {
            return adapter.isSealed();
        } catch (InvalidInputException e) {
            // Another jar, or one that cannot pass for a sealed adapter.
            return false;
        }
    }

    /** Removes the evaluation from the jar, if there is one. */
    public static void open(Path jar) throws IOException {
        Path next = next(jar);
        try {
            try (PackagedAdapter adapter = PackagedAdapter.open(jar, jar.toString())) {
                if (!adapter.isSealed()) {
                    return;
                }
                new AdapterJar(adapter).write(next, adapter.time().toInstant(ZoneOffset.UTC));
            }
            replace(next, jar);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static boolean has(PackagedAdapter adapter, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!adapter.read(file.getKey())
                    .filter(bytes -> Arrays.equals(bytes, file.getValue()))
                    .isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static Path next(Path jar) {
        return jar.resolveSibling("." + jar.getFileName() + ".next");
    }

    private static void replace(Path next, Path jar) throws IOException {
        Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
