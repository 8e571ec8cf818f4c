package io.github.ftmaven.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.dataset.RowFormat;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files by pyarrow and datasets, and the rows that these read; see tools/golden_parquet.py. */
class ParquetRowsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "chat, chat",
        "labels, labels",
        "colors, colors",
        "types, types",
        "types-int96, types-int96",
        "types-decimal, types-decimal",
        "index, index",
        "empty, empty",
        "codec-none, many",
        "codec-snappy, many",
        "codec-gzip, many",
        "codec-zstd, many",
        "codec-lz4, many",
        "checksums, many",
        "pages2, many",
        "pages2-none, many",
        "encodings, many",
        "plain, many",
        "list-of-old, many",
    })
    void readsWhatPyarrowReads(String file, String rows) throws IOException, URISyntaxException {
        List<String> expected = Files.readAllLines(resource(rows + ".jsonl"), StandardCharsets.UTF_8);
        List<ObjectNode> read = rows(resource(file + ".parquet"));

        assertThat(read).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(sorted(read.get(i)))
                    .as("row " + (i + 1))
                    .isEqualTo(sorted(Json.lenientTrees().read(expected.get(i))));
        }
    }

    /** Numbers of any type and keys in any order are the same. */
    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> sorted = new TreeMap<>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), sorted(entry.getValue())));
            return sorted.toString();
        }
        if (node.isArray()) {
            return node.valueStream().map(ParquetRowsTest::sorted).toList().toString();
        }
        return node.isFloatingPointNumber() ? String.valueOf(node.doubleValue()) : node.asText() + node.isNull();
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(RowFormat.class)).singleElement().isInstanceOf(ParquetRows.class);
    }

    @Test
    void saysWhatIsNoParquet() throws IOException, URISyntaxException {
        byte[] whole = Files.readAllBytes(resource("codec-snappy.parquet"));

        refuses(
                Arrays.copyOf(whole, whole.length - 1),
                "d.parquet: is truncated: a Parquet file ends with PAR1. Get it again.");
        refuses(
                Arrays.copyOfRange(whole, 1, whole.length),
                "d.parquet: is not a Parquet file: it does not begin with PAR1. Get it again.");
        refuses(new byte[0], "d.parquet: is not a Parquet file: it does not begin with PAR1. Get it again.");
        refuses(
                "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n".getBytes(StandardCharsets.UTF_8),
                "d.parquet: is not a Parquet file: it does not begin with PAR1, but is a pointer of Git LFS. Run git lfs pull.");
        refuses(
                "PAR1 and no more, not a PARE".getBytes(StandardCharsets.UTF_8),
                "d.parquet: is encrypted. Write the rows without encryption.");
        byte[] long_ = whole.clone();
        long_[whole.length - 5] = 1;
        refuses(long_, "d.parquet: is damaged: its description has 16");
        byte[] described = whole.clone();
        Arrays.fill(described, whole.length - 60, whole.length - 8, (byte) 0xFF);
        refuses(described, "d.parquet: is damaged: its description at the end cannot be read. Get it again.");
    }

    @Test
    void saysBehindWhichRowAFileIsDamaged() throws IOException, URISyntaxException {
        byte[] whole = Files.readAllBytes(resource("checksums.parquet"));
        whole[whole.length / 3] ^= 1;
        refuses(
                whole,
                "d.parquet: is not a Parquet file, or is damaged: the checksum of a page differs. Get it again.");

        byte[] groups = Files.readAllBytes(resource("codec-none.parquet"));
        Arrays.fill(groups, groups.length / 2, groups.length / 2 + 1200, (byte) 0xFF);
        refuses(groups, "d.parquet: is not a Parquet file, or is damaged after row 90: ");
    }

    @Test
    void saysWhichCompressionIsNotSupported() throws IOException, URISyntaxException {
        refuses(
                Files.readAllBytes(resource("brotli.parquet")),
                "d.parquet: its column id is compressed with BROTLI, which is not supported. Write it with snappy, zstd,"
                        + " gzip, lz4_raw or no compression.");
    }

    @Test
    void saysWhichLabelHasNoName() throws IOException, URISyntaxException {
        String text = new String(Files.readAllBytes(resource("labels.parquet")), StandardCharsets.ISO_8859_1);
        String renamed = text.replace("\"names\": [\"in\", \"out\",", "\"names\": [      \"out\",");
        assertThat(renamed).isNotEqualTo(text);
        Path file = Files.write(directory.resolve("l.parquet"), renamed.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("l.parquet:1: label is the label 2, but the file names only the labels 0 to 1.");
    }

    private void refuses(byte[] bytes, String message) throws IOException {
        Path file = Files.write(directory.resolve("d.parquet"), bytes);
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    private static List<ObjectNode> rows(Path file) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        String shown = file.getFileName().toString();
        new ParquetRows().read(file, shown, row -> rows.add(row.json(shown + ":" + (rows.size() + 1))));
        return rows;
    }

    private static Path resource(String name) throws URISyntaxException {
        URL url = ParquetRowsTest.class.getResource("/parquet/" + name);
        return Path.of(Objects.requireNonNull(url, name).toURI());
    }
}
