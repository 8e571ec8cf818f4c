package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Compiles a dataset of random words, and again with one row more, and tells how long each part took and how much memory
 * the process needed until then; {@code tools/bench/dataset.sh} starts it with different heaps. Linux only.
 */
final class DatasetMemory {
    private static final String LETTERS = "etaoinshrdlucmfwypvbgk";
    private static final int WORDS = 20_000;

    private DatasetMemory() {}

    /** Arguments: a directory, that of a model with a tokenizer, rows, and characters of a question. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        int rows = Integer.parseInt(arguments[2]);
        int characters = Integer.parseInt(arguments[3]);
        write(directory.resolve("train.jsonl"), rows, characters, 1);
        write(directory.resolve("test.jsonl"), 1_000, characters, 2);
        compile(directory, Path.of(arguments[1]), rows);
        Files.writeString(
                directory.resolve("train.jsonl"),
                "{\"prompt\": \"One more\", \"completion\": \"row\"}\n",
                StandardOpenOption.APPEND);
        compile(directory, Path.of(arguments[1]), rows + 1);
    }

    private static void compile(Path directory, Path model, int rows) throws IOException {
        Times times = new Times();
        DatasetStage.run(
                TestSpec.with("dataset.train: train.jsonl", "dataset.test: test.jsonl"),
                directory,
                new ProjectPaths(directory),
                new BaseModel(model, 1 << 20, 512, List.of(2)),
                directory.resolve("out"),
                "as always",
                message -> {},
                times);
        long end = System.nanoTime();
        System.out.println(String.format(
                Locale.ROOT,
                "| %,d | %,d MB | %.0f s | %.0f s | %.0f s | %,d MB | %,d MB |",
                rows,
                Files.size(directory.resolve("train.jsonl")) / 1_000_000,
                seconds(times.start, times.read),
                seconds(times.read, times.encoded),
                seconds(times.encoded, end),
                heap() >> 20,
                resident() >> 10));
    }

    /** When reading and tokenizing ended; the checks follow. */
    private static final class Times implements DatasetProgress {
        private final long start = System.nanoTime();
        private long read = start;
        private long encoded = start;

        @Override
        public void read(long bytes, long of) {
            read = System.nanoTime();
        }

        @Override
        public void encoded(long examples, long of, long tokens) {
            encoded = System.nanoTime();
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static void write(Path file, int rows, int characters, long seed) throws IOException {
        Random random = new Random(seed);
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = 2 + random.nextInt(8); length > 0; length--) {
                word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            words[i] = word.toString();
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int row = 0; row < rows; row++) {
                StringBuilder question = new StringBuilder();
                while (question.length() < characters) {
                    question.append(words[random.nextInt(WORDS)]).append(' ');
                }
                out.write("{\"prompt\": \"" + question + "?\", \"completion\": \"" + words[random.nextInt(WORDS)] + " "
                        + words[random.nextInt(WORDS)] + "\"}\n");
            }
        }
    }

    /** The most that was used, of each part of the heap, garbage included. */
    private static long heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** The most that was resident, mapped files included, in KiB. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
