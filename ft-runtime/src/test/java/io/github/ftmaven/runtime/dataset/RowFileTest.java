package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.RowLayout;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of rows as people have them: packed, with tabs, in other encodings, under other names. */
class RowFileTest {
    private static final String ROW = "{\"prompt\": \"a\", \"completion\": \"b\"}\n";

    @TempDir
    Path directory;

    @Test
    void readsGzip() throws IOException {
        assertThat(sources("rows.jsonl.gz", gzip(ROW + ROW))).containsExactly("rows.jsonl.gz:1", "rows.jsonl.gz:2");
        assertThat(sources("ROWS.CSV.GZ", gzip("prompt,completion\na,b"))).containsExactly("ROWS.CSV.GZ:2");
    }

    @Test
    void readsTheFilesOfAZipInOrderAndNamesTheOthers() throws IOException {
        byte[] zip = zip(Map.of(
                "b.jsonl", ROW, "a/rows.tsv", "prompt\tcompletion\nc\td", "README.md", "x", "__MACOSX/._b.jsonl", "x"));
        ExampleReader reader = reader();
        Path file = Files.write(directory.resolve("rows.zip"), zip);
        assertThat(reader.read(List.of(file)))
                .extracting(Example::source)
                .containsExactly("rows.zip!a/rows.tsv:2", "rows.zip!b.jsonl:1");
        assertThat(reader.skipped()).containsExactly("rows.zip!README.md", "rows.zip!__MACOSX/._b.jsonl");
    }

    @Test
    void refusesPackedFilesThatAreNone() throws IOException {
        byte[] gzip = gzip(ROW.repeat(1_000));
        refused("a.jsonl.gz", ROW.getBytes(StandardCharsets.UTF_8), "a.jsonl.gz: is not a gzip file, or is damaged: ");
        refused("a.jsonl.gz", Arrays.copyOf(gzip, gzip.length - 20), "a.jsonl.gz: is not a gzip file, or is damaged: ");
        refused("a.jsonl.gz", new byte[0], "a.jsonl.gz: is not a gzip file, or is damaged: ");
        refused("a.zip", new byte[] {1, 2, 3}, "a.zip: is not a zip file, or is damaged: ");
        refused("a.zip", zip(Map.of("README.md", "x")), "a.zip: has no .jsonl, .json, .csv, .tsv or .txt file in it.");
        refused("a.zip", zip(Map.of("a.jsonl", "\n")), "a.zip!a.jsonl: contains no examples.");
        refused("a.gz", gzip(ROW), "a.gz: unsupported file type. Use .jsonl, .json");
    }

    @Test
    void readsTabs() throws IOException {
        assertThat(read("rows.tsv", "prompt\tcompletion\na, \"b\"\tc\n\"d\te\"\tf\n"))
                .extracting(example -> example.prompt().messages().get(0).content())
                .containsExactly("a, \"b\"", "d\te");
    }

    @Test
    void readsALineOfTextAsAText() throws IOException {
        assertThat(read("rows.txt", "Once upon\n\n a time.\r\n"))
                .extracting(Example::answer)
                .containsExactly("Once upon", " a time.");
        assertThat(read("rows.csv", "text\n\"Once, upon\na time\""))
                .extracting(Example::answer)
                .containsExactly("Once, upon\na time");
    }

    @Test
    void readsJsonLinesUnderTheNameOfAnArray() throws IOException {
        assertThat(sources("rows.json", ("\n " + ROW + "\n" + ROW).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("rows.json:2", "rows.json:4");
        refused(
                "rows.json",
                ROW.getBytes(StandardCharsets.UTF_8),
                "rows.json: is an object, but must be a JSON array of objects.");
    }

    @Test
    void readsUtf16() throws IOException {
        assertThat(read("rows.jsonl", ("\uFEFF" + ROW.replace("b", "\u00e9")).getBytes(StandardCharsets.UTF_16LE)))
                .extracting(Example::answer)
                .containsExactly("\u00e9");
    }

    @Test
    void namesManyRowsAtOnce() throws IOException {
        StringBuilder rows = new StringBuilder(ROW);
        for (int i = 2; i <= 15; i++) {
            rows.append(i % 2 == 0 ? "{\n" : "{\"prompt\": \"a\"}\n");
        }
        Files.writeString(directory.resolve("rows.jsonl"), rows);
        Files.writeString(directory.resolve("more.csv"), "prompt,completion\na\n");
        assertThatThrownBy(() -> reader().read(List.of(directory.resolve("rows.jsonl"), directory.resolve("more.csv"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "rows.jsonl:2:2: not valid JSON: it ends before an object is closed with }."
                                + " Each line must be one JSON object.\nrows.jsonl:3: completion is missing; found only prompt.\n")
                .hasMessageEndingWith("\nAnd 5 more rows with problems.");
        assertThatThrownBy(() -> read("rows.csv", "prompt,completion\na\nb,c\n,d\n"))
                .hasMessage("rows.csv:2: has 1 fields, but the header has 2. Put a field with a comma in quotes.\n"
                        + "rows.csv:4: prompt is empty.\n2 rows with problems.");
    }

    private void refused(String name, byte[] bytes, String message) {
        assertThatThrownBy(() -> read(name, bytes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    private List<String> sources(String name, byte[] bytes) throws IOException {
        return read(name, bytes).stream().map(Example::source).toList();
    }

    private List<Example> read(String name, String text) throws IOException {
        return read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Example> read(String name, byte[] bytes) throws IOException {
        return reader().read(List.of(Files.write(directory.resolve(name), bytes)));
    }

    private ExampleReader reader() {
        return new ExampleReader(
                new RowRules(RowLayout.AUTO, null, List.of(), TemplateChoice.AUTO), new ProjectPaths(directory));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file :
                    new TreeMap<>(files).descendingMap().entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
