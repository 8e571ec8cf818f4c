package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The dataset under the output directory: {@code dataset/{train,validation,test}.jsonl}, the
 * tokens of what is learnt in {@code dataset/{train,validation}.tokens}, and {@code dataset/dataset.json}.
 *
 * <p>The same examples give the same bytes. The report is written last and holds each split's digest, so the reader
 * notices a dataset that is incomplete or was edited.
 */
public final class DatasetStore {
    private static final JsonTrees JSON = Json.lenientTrees();
    private static final DefaultPrettyPrinter PRINTER =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private static final String REPORT = "dataset.json";

    private final Path directory;

    /** Opens the dataset under an output directory, such as {@code target/ft}. */
    public DatasetStore(Path outputDirectory) {
        this.directory = outputDirectory.resolve("dataset");
    }

    /**
     * The examples of a split, in their order.
     *
     * @throws InvalidInputException if there is no dataset, or the split's file has changed since
     */
    public List<Example> read(Split split) {
        List<Example> examples = new ArrayList<>();
        each(split, examples::add);
        return examples;
    }

    /**
     * Reads the same, one after the other.
     *
     * @param receiver takes each example while the rest is unread
     */
    public void each(Split split, Consumer<Example> receiver) {
        Path file = directory.resolve(split.fileName());
        String digest = report().split(split).sha256();
        requirePresent(file);
        if (!Digests.sha256(List.of(file)).equals(digest)) {
            throw new InvalidInputException(file + ": does not match dataset.json. Run ft:dataset again.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            ExampleLines.each(in, receiver);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(file + ": " + e.getMessage() + ". Run ft:dataset again.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The report that was written with the dataset.
     *
     * @throws InvalidInputException if there is none
     */
    public DatasetReport report() {
        Path file = directory.resolve(REPORT);
        try {
            return ReportJson.read(JSON.read(bytes(file)))
                    .orElseThrow(
                            () -> new InvalidInputException(file + ": is not a dataset report. Run ft:dataset again."));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(file + ": is not a dataset report. Run ft:dataset again.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The tokens of a split.
     *
     * @throws InvalidInputException if there is no dataset, or the file has changed since
     */
    public TokenFile tokens(Split split) {
        Path file = directory.resolve(split.tokenFileName());
        String digest = report().split(split).tokensSha256();
        requirePresent(file);
        return TokenFile.open(file, digest);
    }

    /** A spool for examples that are not in their files yet. */
    ExampleSpool spool() {
        return new ExampleSpool(directory);
    }

    /** Columns of numbers about examples. */
    Scratch scratch() {
        return new Scratch(directory);
    }

    /**
     * The tokens that an earlier dataset laid out for rows of a split.
     *
     * @param vocabulary the rows of the base model's embedding
     * @param key identifies everything but a row that its tokens depend on; null to encode every row
     */
    EarlierEncodings earlier(Split split, int vocabulary, @Nullable String key, Scratch scratch) {
        return key == null || split == Split.TEST
                ? EarlierEncodings.NONE
                : EarlierEncodings.open(
                        directory.resolve(split.tokenFileName()),
                        directory.resolve(split.encodingsFileName()),
                        key,
                        TokenRecord.width(vocabulary),
                        scratch);
    }

    /**
     * Begins to write a dataset. It replaces an existing one when it is complete.
     *
     * @param vocabulary the rows of the base model's embedding
     * @param key as in {@link #earlier}; null if the next dataset is to encode every row again
     */
    Draft draft(int vocabulary, @Nullable String key) {
        return new Draft(directory, vocabulary, key);
    }

    /** A dataset that is being written. */
    static final class Draft implements AutoCloseable {
        private final Path directory;
        private final Map<Split, SplitFiles> files = new EnumMap<>(Split.class);

        private Draft(Path directory, int vocabulary, @Nullable String key) {
            this.directory = directory;
            try {
                Files.createDirectories(directory);
                for (Split split : Split.values()) {
                    SplitFiles.Paths paths = new SplitFiles.Paths(
                            part(split.fileName()),
                            split == Split.TEST ? null : part(split.tokenFileName()),
                            key == null ? null : part(split.encodingsFileName()));
                    files.put(split, new SplitFiles(paths, vocabulary, key == null ? "" : key));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        SplitFiles files(Split split) {
            return Objects.requireNonNull(files.get(split));
        }

        /** Puts the files in their places, the report last; each split's have ended. */
        void commit(DatasetReport report) {
            files.values().forEach(SplitFiles::close);
            try {
                for (Split split : Split.values()) {
                    move(split.fileName());
                    if (split != Split.TEST) {
                        move(split.tokenFileName());
                        moveIfWritten(split.encodingsFileName());
                    }
                }
                String json = Json.lenient().writer(PRINTER).writeValueAsString(report) + "\n";
                Files.writeString(part(REPORT), json);
                move(REPORT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void move(String name) throws IOException {
            Files.move(
                    part(name),
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }

        private void moveIfWritten(String name) throws IOException {
            if (Files.exists(part(name))) {
                move(name);
            } else {
                Files.deleteIfExists(directory.resolve(name));
            }
        }

        private Path part(String name) {
            return directory.resolve(name + ".part");
        }

        /** Deletes what was not put in its place. */
        @Override
        public void close() {
            files.values().forEach(SplitFiles::close);
            try {
                for (Split split : Split.values()) {
                    Files.deleteIfExists(part(split.fileName()));
                    Files.deleteIfExists(part(split.tokenFileName()));
                    Files.deleteIfExists(part(split.encodingsFileName()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void requirePresent(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + ": not found. Run ft:dataset first.");
        }
    }

    private static byte[] bytes(Path file) {
        requirePresent(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
