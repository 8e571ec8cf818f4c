package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.files.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The dataset under the output directory: {@code dataset/{train,validation,test}.jsonl} and {@code
 * dataset/dataset.json}.
 *
 * <p>The same examples give the same bytes. The report is written last and holds each split's digest, so the reader
 * notices a dataset that is incomplete or was edited.
 */
public final class DatasetStore {
    private static final JsonTrees JSON = Json.lenientTrees();
    private static final DefaultPrettyPrinter PRINTER =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

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
        Path file = directory.resolve(split.fileName());
        String digest = report().split(split).sha256();
        requirePresent(file);
        if (!Digests.sha256(List.of(file)).equals(digest)) {
            throw new InvalidInputException(file + ": does not match dataset.json. Run ft:dataset again.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ExampleLines.read(in);
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
        Path file = directory.resolve("dataset.json");
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

    /** Writes a dataset, replacing an existing one. */
    void write(Map<Split, List<Example>> splits, DatasetReport report) {
        try {
            Files.createDirectories(directory);
            for (Map.Entry<Split, List<Example>> split : splits.entrySet()) {
                replace(split.getKey().fileName(), out -> ExampleLines.write(split.getValue(), out));
            }
            String json = Json.lenient().writer(PRINTER).writeValueAsString(report) + "\n";
            replace("dataset.json", out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void replace(String name, Content content) throws IOException {
        Path temporary = directory.resolve(name + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            content.writeTo(out);
        }
        Files.move(
                temporary,
                directory.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
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
