package io.github.ftmaven.runtime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One reader under damaged input. What was found once is in {@code src/test/resources/fuzz/NAME} and is read in every
 * build; {@code -Pfuzz} makes new inputs, {@code -Dfuzz.inputs} of them for each reader, from {@code -Dfuzz.seed}.
 */
public abstract class FuzzedReader {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 12_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int MOST_FAULTS = 20;
    /** A thread is begun anew after so many inputs; it is cheap, but not free. */
    private static final int BATCH = 200;

    @TempDir
    protected Path directory;

    private final String name;

    /** Names the folder of what was found. */
    protected FuzzedReader(String name) {
        this.name = name;
    }

    /** Valid inputs to begin with. */
    protected abstract List<byte[]> seeds() throws IOException;

    /** What is damaged: the seeds, and whatever else is worth it though it is refused as it is. */
    protected List<byte[]> beginnings() throws IOException {
        return seeds();
    }

    /** Reads an input to the end. */
    protected abstract void read(byte[] input) throws Exception;

    @Test
    protected void readsItsSeeds() throws Exception {
        for (byte[] seed : seeds()) {
            read(seed);
        }
    }

    @Test
    void readsOrRefusesWhatWasFound() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path input : found()) {
            Fuzzer.check(
                    this::read,
                    List.of(Files.readAllBytes(input)),
                    (bytes, fault) -> faults.add(input.getFileName() + " " + fault));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    @Tag("fuzz")
    void readsOrRefusesWhateverItIsGiven() throws IOException {
        Mutator mutator = new Mutator(SEED * 31 + name.hashCode(), beginnings());
        Map<String, String> faults = new ConcurrentHashMap<>(); // one of a kind
        long started = System.nanoTime();
        int done = 0;
        while (done < INPUTS && faults.size() < MOST_FAULTS) {
            List<byte[]> inputs = Stream.generate(mutator::next)
                    .limit(Math.min(BATCH, INPUTS - done))
                    .toList();
            Fuzzer.check(
                    this::read,
                    inputs,
                    (input, fault) -> faults.computeIfAbsent(kind(fault), kind -> kept(input) + " " + fault));
            done += inputs.size();
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d inputs, %d kinds of fault, %.1f s%n",
                name,
                done,
                faults.size(),
                (System.nanoTime() - started) / 1e9);
        assertThat(faults.values())
                .as("inputs that are neither read nor refused")
                .isEmpty();
    }

    /** Faults that differ by what the input says only are of one kind. */
    private static String kind(String fault) {
        return fault.replaceAll("'[^']*'|[^A-Za-z .]", "").replaceAll("(.{120}).*", "$1");
    }

    /** Writes an input where it can be had, and later be put into the corpus. */
    private String kept(byte[] input) {
        try {
            Path file = Path.of("target", "fuzz", name, Integer.toHexString(Arrays.hashCode(input)));
            Files.createDirectories(file.getParent());
            Files.write(file, input);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> found() throws IOException {
        URL folder = FuzzedReader.class.getResource("/fuzz/" + name);
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A committed file of the tests. */
    protected static byte[] resource(String path) {
        try (InputStream in = Objects.requireNonNull(FuzzedReader.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
