package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.RowColumns;
import io.github.ftmaven.runtime.spec.RowLayout;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsTheThreeKindsOfRow() throws IOException {
        assertThat(read("rows.jsonl", """
                {"prompt": "Where?", "completion": "There.", "metadata": {"id": 7, "more": [1]}}

                {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"}, \
                {"role": "assistant", "content": "So."}, {"role": "user", "content": "And?"}, \
                {"role": "assistant", "content": "No."}]}
                {"text": "Once upon a time"}"""))
                .containsExactly(
                        pair("rows.jsonl:1", "Where?", "There.").with(Map.of("id", "7")),
                        new Example(
                                "rows.jsonl:3",
                                List.of(
                                        new Message(Role.SYSTEM, "Be brief."),
                                        new Message(Role.USER, "Why?"),
                                        new Message(Role.ASSISTANT, "So."),
                                        new Message(Role.USER, "And?"),
                                        new Message(Role.ASSISTANT, "No."))),
                        new Example("rows.jsonl:4", List.of(new Message(Role.ASSISTANT, "Once upon a time"))));
    }

    @Test
    void readsAJsonArray() throws IOException {
        assertThat(read(
                        "rows.json",
                        "[{\"prompt\": \"a\", \"completion\": \"b\"}, {\"prompt\": \"c\", \"completion\": \"d\"}]"))
                .containsExactly(pair("rows.json[0]", "a", "b"), pair("rows.json[1]", "c", "d"));
    }

    @Test
    void readsCsvWithLinesInQuotes() throws IOException {
        String csv = "prompt,extra,completion\n\"a \"\"b\"\",\nc\",x,d\n\ne,,f";
        Example[] expected = {pair("rows.csv:2", "a \"b\",\nc", "d"), pair("rows.csv:5", "e", "f")};
        assertThat(read("rows.csv", csv)).containsExactly(expected);
        assertThat(read("rows.csv", "\uFEFF" + csv.replace("\n", "\r\n") + "\r\n"))
                .containsExactly(expected);
    }

    @Test
    void readsOtherColumnsAndKeys() throws IOException {
        RowColumns columns = new RowColumns("text", null, "category");
        assertThat(read("rows.csv", "id,category,text\n1,arrival,Where?\n", columns))
                .containsExactly(pair("rows.csv:2", "Where?", "arrival"));
        assertThat(read("rows.jsonl", "{\"id\": 1, \"category\": \"arrival\", \"text\": \"Where?\"}", columns))
                .containsExactly(pair("rows.jsonl:1", "Where?", "arrival"));
    }

    @Test
    void keepsWhatDatasetMetadataNames() throws IOException {
        ExampleReader reader = new ExampleReader(
                new RowRules(
                        RowLayout.AUTO,
                        new RowColumns("text", null, "category"),
                        List.of("channel"),
                        TemplateChoice.AUTO),
                new ProjectPaths(directory));
        Path csv = Files.writeString(directory.resolve("rows.csv"), "channel,category,text\nmail,arrival,Where?\n");
        Path json = Files.writeString(
                directory.resolve("rows.jsonl"), "{\"text\": \"Where?\", \"category\": \"arrival\", \"channel\": 4}");
        List<Example> read = reader.read(List.of(csv, json));
        assertThat(read)
                .containsExactly(
                        pair("rows.csv:2", "Where?", "arrival").with(Map.of("channel", "mail")),
                        pair("rows.jsonl:1", "Where?", "arrival").with(Map.of("channel", "4")));
        assertThat(LinesInMemory.again(read)).isEqualTo(read);

        Files.writeString(json, "{\"text\": \"Where?\", \"category\": \"arrival\"}");
        assertThatThrownBy(() -> reader.read(List.of(json)))
                .hasMessage(
                        "rows.jsonl:1: has no 'channel' that is a text or a number, but dataset.metadata names it.");
        Files.writeString(csv, "chanel,category,text\nmail,arrival,Where?\n");
        assertThatThrownBy(() -> reader.read(List.of(csv)))
                .hasMessageStartingWith("rows.csv:1: has no column 'channel', only chanel, category, text."
                        + " Did you mean 'chanel'?");
    }

    @Test
    void toolsAndTheirCallsSurviveTheNormalisedForm() throws IOException {
        List<Example> read = read(
                "rows.jsonl",
                "{\"tools\": [{\"name\": \"f\"}], \"messages\": [{\"role\": \"user\", \"content\": \"a\"},"
                        + " {\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"id\": 1}]},"
                        + " {\"role\": \"tool\", \"content\": \"r\", \"tool_call_id\": \"1\"},"
                        + " {\"role\": \"tool\", \"content\": \"s\"}, {\"role\": \"assistant\", \"content\": \"b\"}]}");

        assertThat(read.get(0).messages()).hasSize(5);
        assertThat(read.get(0).messages().get(1).callsTools()).isTrue();
        assertThat(read.get(0).tools()).hasToString("[{\"name\":\"f\"}]");
        assertThat(LinesInMemory.again(read)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"prompt\": \"a\" # rows.jsonl:2:15: not valid JSON: it ends before an object is closed with }."
                        + " Each line must be one JSON object.",
                "{\"prompt\": \"a\", \"completion\": \"b\"} {} # rows.jsonl:2:36: not valid JSON: more text follows the end of the value. Each",
                "{\"prompt\": \"a\", \"prompt\": \"b\"} # rows.jsonl:2:25: not valid JSON: duplicate key 'prompt'. Each line",
                "[1] # rows.jsonl:2: is a list, but must be a JSON object.",
                "{\"promt\": \"a\", \"completion\": \"b\"} # rows.jsonl:2: unknown key 'promt'. Did you mean 'prompt'?",
                "{\"prompt\": \"a\", \"completion\": \"b\", \"id\": 1} # rows.jsonl:2: unknown key 'id'."
                        + " A row has messages, or prompt and completion, or instruction, input and output, or conversations, or text. Put other keys"
                        + " under metadata or name them in dataset.metadata",
                "{\"prompt\": \"a\"} # rows.jsonl:2: completion is missing; found only prompt.",
                "{\"metadata\": {}} # rows.jsonl:2: prompt is missing; found only metadata.",
                "{} # rows.jsonl:2: prompt is missing.",
                "{\"prompt\": \"a\", \"completion\": null} # rows.jsonl:2: completion is null, but must be text.",
                "{\"messages\": null} # rows.jsonl:2: messages is null, but must be a list of messages.",
                "{\"prompt\": \"a\", \"completion\": NaN} # rows.jsonl:2:34: not valid JSON: NaN is not a JSON number;"
                        + " write null, or leave it out. Each line must be one JSON object.",
                "{\"prompt\": \"a\", \"completion\": 3} # rows.jsonl:2: completion is a number, but must be text.",
                "{\"prompt\": \" \", \"completion\": \"b\"} # rows.jsonl:2: prompt is empty.",
                "{\"prompt\": \"a\", \"completion\": \"\"} # rows.jsonl:2: completion is empty.",
                "{\"text\": \"\"} # rows.jsonl:2: text is empty.",
                "{\"text\": \"a\", \"prompt\": \"b\"} # rows.jsonl:2: has prompt and text. A row has",
                "{\"prompt\": \"\\ud83d\", \"completion\": \"b\"} # rows.jsonl:2: prompt contains half a character",
                "{\"messages\": {}} # rows.jsonl:2: messages is an object, but must be a list of messages.",
                "{\"messages\": []} # rows.jsonl:2: the last message must be from the assistant",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} # rows.jsonl:2: the last message must be",
                "{\"messages\": [{\"role\": \"asistant\", \"content\": \"a\"}]} # rows.jsonl:2: messages[0] has the"
                        + " unknown role 'asistant'. Roles are system (or developer), user, assistant and tool. Did you mean 'assistant'?",
                "{\"messages\": [{\"role\": \"user\"}]} # rows.jsonl:2: messages[0]: content is missing; found only role.",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\", \"nam\": \"b\"}]} # rows.jsonl:2: messages[0]"
                        + " has the unknown key 'nam'. A message has role and content, and may have tool_calls",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"tool_calls\": {}}]}"
                        + " # rows.jsonl:2: messages[1]: tool_calls must be a list of calls, in a message of the assistant.",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"tool_calls\": [{}]},"
                        + " {\"role\": \"assistant\", \"content\": \"b\"}]} # rows.jsonl:2: messages[2] is from the assistant"
                        + ", but the tool must come next",
                "{\"prompt\": \"a\", \"completion\": \"b\", \"tools\": [{}]} # rows.jsonl:2: has prompt and tools.",
                "{\"messages\": [], \"tools\": {}} # rows.jsonl:2: tools is an object, but must be a list of functions.",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"user\", \"content\": \"b\"}]} #"
                        + " rows.jsonl:2: messages[1] is from the user, but the assistant must come next",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"\"}]} # rows.jsonl:2: messages[0].content is empty.",
            })
    void refusesAMalformedRow(String row, String message) {
        String good = "{\"prompt\": \"good\", \"completion\": \"row\"}\n";
        assertRefused("rows.jsonl", good + row + "\n" + good, null, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "prompt,completion|a,b|c # rows.csv:3: has 1 fields, but the header has 2.",
                "prompt,completion|\"a|b\",c|d,e,f # rows.csv:4: has 3 fields, but the header has 2.",
                "prompt,label|a,b # rows.csv:1: has no column 'completion', only prompt, label. Name the columns of",
                "promt,completion|a,b # rows.csv:1: has no column 'prompt', only promt, completion. Did you mean 'promt'?",
                "prompt,prompt,completion|a,b,c # rows.csv:1: has two columns 'prompt'.",
                "prompt,completion|a,b|c,\"d|e,f # rows.csv:3: not valid CSV in the row that begins here.",
                "prompt,completion|a,b|c,\"d\" e # rows.csv:3: not valid CSV in the row that begins here.",
                "prompt,completion|a, # rows.csv:2: completion is empty.",
                "prompt,completion # rows.csv: contains no examples.",
            })
    void refusesMalformedCsv(String csv, String message) {
        assertRefused("rows.csv", csv.replace('|', '\n'), null, message);
    }

    @Test
    void refusesMalformedFiles() throws IOException {
        assertRefused("rows.jsonl", "\n \n", null, "rows.jsonl: contains no examples.");
        assertRefused("rows.json", "[]", null, "rows.json: contains no examples.");
        assertRefused("rows.json", "{}", null, "rows.json: is an object, but must be a JSON array of objects.");
        assertRefused(
                "rows.json",
                "[{},\n{]",
                null,
                "rows.json:2:2: not valid JSON: ']' where '}' is expected. The file must");
        assertRefused(
                "rows.xml",
                "a",
                null,
                "rows.xml: unsupported file type. Use .jsonl, .json, .csv, .tsv or .txt, alone or packed as .gz or .zip, or .parquet alone.");

        Files.write(
                directory.resolve("rows.jsonl"),
                "{\"text\": \"a\"}\n{\"text\": \"\u00e4\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> reader(null).read(List.of(directory.resolve("rows.jsonl"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("rows.jsonl:2: not UTF-8. Save the file in that encoding.");
    }

    @Test
    void refusesAFileThatEndsWithinACharacter() throws IOException {
        Files.write(directory.resolve("rows.jsonl"), new byte[] {'{', '}', '\n', (byte) 0xC3});
        assertThatThrownBy(() -> reader(null).read(List.of(directory.resolve("rows.jsonl"))))
                .hasMessage("rows.jsonl:2: not UTF-8. Save the file in that encoding.");
    }

    private void assertRefused(String name, String content, @Nullable RowColumns columns, String message) {
        assertThatThrownBy(() -> read(name, content, columns))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    private List<Example> read(String name, String content) throws IOException {
        return read(name, content, null);
    }

    private List<Example> read(String name, String content, @Nullable RowColumns columns) throws IOException {
        Files.writeString(directory.resolve(name), content);
        return reader(columns).read(List.of(directory.resolve(name)));
    }

    private ExampleReader reader(@Nullable RowColumns columns) {
        return new ExampleReader(
                new RowRules(RowLayout.AUTO, columns, List.of(), TemplateChoice.AUTO), new ProjectPaths(directory));
    }

    private static Example pair(String source, String prompt, String completion) {
        return new Example(source, List.of(new Message(Role.USER, prompt), new Message(Role.ASSISTANT, completion)));
    }
}
