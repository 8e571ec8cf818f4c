package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.spec.RowLayout;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Data files: JSONL, JSON, CSV, TSV and text, in UTF-8 and UTF-16, alone and packed. */
class ExampleFuzzTest extends FuzzedReader {
    ExampleFuzzTest() {
        super("examples");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                """
                {"messages": [{"role": "user", "content": "Where?"}, {"role": "assistant", "content": "There."}], "metadata": {"n": 1}}
                {"prompt": "a", "completion": "b", "metadata": {"n": 1.5, "lang": "de"}}
                {"instruction": "a", "input": "c", "output": "b"}
                {"text": "a"}
                """.getBytes(StandardCharsets.UTF_8),
                """
                {"messages": [{"role": "user", "content": [{"type": "text", "text": "Where?"}]}, {"role": "assistant", "content": null,\
                 "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]},\
                 {"role": "tool", "tool_call_id": "1", "content": "3"}, {"role": "assistant", "content": "3", "weight": 0}],\
                 "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]}
                """.getBytes(StandardCharsets.UTF_8),
                "[{\"prompt\": [{\"role\": \"user\", \"content\": \"a\"}], \"completion\": [{\"role\": \"assistant\", \"content\": \"b\"}]}]"
                        .getBytes(StandardCharsets.UTF_8),
                "prompt,completion\na,b\n\"c, \"\"d\"\"\",\"e\nf\"\n".getBytes(StandardCharsets.UTF_8),
                """
                {"id": "1", "conversations": [{"from": "human", "value": "a"}, {"from": "function_call", "value": "{\\"name\\": \\"f\\",\
                 \\"arguments\\": {}}"}, {"from": "observation", "value": "r"}, {"from": "gpt", "value": "b"}], "tools": "[{}]"}
                """.getBytes(StandardCharsets.UTF_8),
                "\uFEFFprompt,completion\r\na,b\r\n".getBytes(StandardCharsets.UTF_16LE),
                gzip("{\"prompt\": \"a\", \"completion\": \"b\"}\n"),
                zip("a.tsv", "instruction\tinput\toutput\na\tb\tc\n"),
                zip("a.txt", "a\n\nb"));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    protected void read(byte[] input) throws Exception {
        int first = input.length == 0 ? 0 : input[0];
        String name = switch (first) {
            case '[' -> "d.json";
            case '{' -> "d.jsonl";
            case 0x1F -> "d.jsonl.gz";
            case 'P' -> "d.zip";
            default -> "d.csv";
        };
        ExampleReader reader = new ExampleReader(
                new RowRules(RowLayout.AUTO, null, List.of(), TemplateChoice.AUTO), new ProjectPaths(directory));
        List<Example> examples = reader.read(List.of(Files.write(directory.resolve(name), input)));
        LinesInMemory.again(examples);
    }
}
