package io.github.ftmaven.plugin.cache;

import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of stages, each in a directory named after the key of its stamp: {@code results/<stage>/<key>}. A rename
 * makes an entry appear complete. It is only replaced or deleted under the lease of its key.
 *
 * @param directory {@code ft.cacheDirectory}
 * @param maxBytes the maximum total size; the least recently used results are deleted first. 0 disables the cache.
 * @param key the key that signs results; null if everyone who can write into the directory is trusted
 */
public record ResultCache(
        Path directory, long maxBytes, @Nullable CacheKey key) {
    /** The suffix of an entry's name while it is being written. */
    static final String NEXT = ".next";

    /**
     * Waits until no other build computes this result.
     *
     * @param told receives sentences for the user, such as which process it waits for
     */
    public HeldResult hold(Stage stage, Path output, Stamp stamp, Consumer<String> told) throws IOException {
        Lease lease = Lease.await(
                leaseFile(stage.name(), stamp.key()),
                holder -> told.accept(
                        stage.title() + ": " + holder + " is computing the same result. Waiting for" + " it."));
        return new HeldResult(this, lease, stage, output, stamp);
    }

    /** The cached result for a stamp; empty if there is none or it is damaged. */
    Optional<KeptResult> find(Stage stage, Stamp stamp) throws IOException {
        return read(entry(stage, stamp))
                .filter(kept -> kept.stamp().equals(stamp))
                .filter(kept -> key == null || key.isOf(kept));
    }

    /** The result of a stage whose stamp differs least. Of several, the newest. */
    Optional<KeptResult> nearest(Stage stage, Stamp stamp) throws IOException {
        List<KeptResult> kept = new ArrayList<>();
        for (Path directory : directories(results().resolve(stage.name()))) {
            read(directory).ifPresent(kept::add);
        }
        return kept.stream()
                .min(Comparator.comparingInt((KeptResult each) ->
                                stamp.changesSince(each.stamp()).size())
                        .thenComparing(Comparator.comparing(KeptResult::made).reversed()));
    }

    Path entry(Stage stage, Stamp stamp) {
        return results().resolve(stage.name()).resolve(stamp.key());
    }

    /**
     * Deletes results beyond the maximum size and unfinished ones of killed builds. Entries that another build holds
     * stay.
     *
     * @param justMade also stays, because the next build needs it, even if it alone exceeds the maximum size
     */
    void shrink(Path justMade) throws IOException {
        long total = 0;
        for (Entry entry : entries()) {
            total += entry.bytes();
            boolean leftOver = entry.directory().toString().endsWith(NEXT);
            if ((leftOver || total > maxBytes) && !entry.directory().equals(justMade) && delete(entry)) {
                total -= entry.bytes();
            }
        }
    }

    private boolean delete(Entry entry) throws IOException {
        String name = String.valueOf(entry.directory().getFileName());
        String key = name.startsWith(".") ? name.substring(1, name.length() - NEXT.length()) : name;
        String stage = String.valueOf(entry.directory().resolveSibling("").getFileName());
        Optional<Lease> lease = Lease.tryTake(leaseFile(stage, key));
        if (lease.isEmpty()) {
            return false;
        }
        try {
            Directories.delete(entry.directory());
            return true;
        } finally {
            lease.get().close();
        }
    }

    private record Entry(Path directory, long bytes, Instant used) {}

    /** The entries, least recently used first. */
    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path stage : directories(results())) {
            for (Path directory : directories(stage)) {
                try {
                    entries.add(new Entry(directory, bytes(directory), KeptResult.used(directory)));
                } catch (NoSuchFileException | UncheckedIOException e) {
                    // Another build is renaming or deleting it.
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::used).reversed());
        return entries;
    }

    private static long bytes(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static Optional<KeptResult> read(Path directory) {
        if (!Files.isDirectory(directory) || directory.toString().endsWith(NEXT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeptResult.read(directory));
        } catch (InvalidInputException e) {
            // The stage that would take it reports it and computes it again.
            return Optional.empty();
        }
    }

    private static List<Path> directories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> below = Files.list(directory)) {
            return below.filter(Files::isDirectory).sorted().toList();
        }
    }

    private Path results() {
        return directory.resolve("results");
    }

    private Path leaseFile(String stage, String key) {
        return directory.resolve("leases").resolve(stage + "-" + key);
    }
}
