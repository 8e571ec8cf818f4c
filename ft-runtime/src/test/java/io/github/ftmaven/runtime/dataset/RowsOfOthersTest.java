package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.RowColumns;
import io.github.ftmaven.runtime.spec.RowLayout;
import io.github.ftmaven.runtime.spec.Sameness;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in the forms that other tools write: TRL's, OpenAI's, Alpaca's; and what is in none of them read in silence. */
class RowsOfOthersTest {
    private static final RowColumns INSTRUCTION = new RowColumns("instruction", null, "output");

    @TempDir
    Path directory;

    private List<String> unread = List.of();

    @Test
    void readsTrlsPromptAndCompletionAsMessages() throws IOException {
        List<Example> read = json("{'prompt': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'},"
                + " {'role': 'user', 'content': 'c'}], 'completion': [{'role': 'assistant', 'content': 'd'}],"
                + " 'tools': [{'name': 'f'}]}");
        assertThat(read.get(0).messages())
                .containsExactly(
                        new Message(Role.USER, "a"),
                        new Message(Role.ASSISTANT, "b").learnt(false),
                        new Message(Role.USER, "c"),
                        new Message(Role.ASSISTANT, "d"));
        assertThat(read.get(0).tools()).hasToString("[{\"name\":\"f\"}]");
        assertThat(LinesInMemory.again(read)).isEqualTo(read);
        assertThat(PromptKey.learnt(read.get(0), Sameness.NORMALIZED)).hasSize(1);
    }

    @Test
    void keepsWeightsAndReasoningInTheNormalisedForm() throws IOException {
        List<Example> read = json("{'messages': [{'role': 'user', 'content': 'a'},"
                + " {'role': 'assistant', 'content': 'b', 'weight': 0}, {'role': 'user', 'content': 'c'},"
                + " {'role': 'assistant', 'content': 'd', 'weight': 1, 'reasoning_content': 'so'}]}");
        assertThat(read.get(0).messages()).extracting(Message::learnt).containsExactly(true, false, true, true);
        assertThat(read.get(0).messages().get(3).more()).hasToString("{\"reasoning_content\":\"so\"}");
        assertThat(LinesInMemory.again(read)).isEqualTo(read);
    }

    @Test
    void keepsAnEmptySystemMessageAndAnEmptyResult() throws IOException {
        List<Example> read = json("{'messages': [{'role': 'system', 'content': ''}, {'role': 'user', 'content': 'a'},"
                + " {'role': 'assistant', 'content': '', 'tool_calls': [{'function': {'name': 'f'}}]},"
                + " {'role': 'tool', 'content': ''}, {'role': 'assistant', 'content': 'b'}]}");
        assertThat(read.get(0).messages().get(0)).isEqualTo(new Message(Role.SYSTEM, ""));
        assertThat(read.get(0).messages().get(2).more().path("content").textValue())
                .isEmpty();
        assertThat(LinesInMemory.again(read)).isEqualTo(read);
    }

    @Test
    void leavesOutKeysThatAreNull() {
        assertThat(json("{'messages': null, 'prompt': 'a', 'completion': 'b', 'text': null, 'id': null}"))
                .containsExactly(pair("rows.jsonl:1", "a", "b"));
    }

    @Test
    void readsAlpacaWithItsInputBelowTheInstruction() {
        String rows = """
                {'instruction': 'Add.', 'input': '1 and 2', 'output': '3'}
                {'instruction': 'Sing.', 'input': '', 'output': 'la', 'history': [], 'system': ''}
                {'instruction': 'Sing.', 'output': 'lo'}
                """;
        assertThat(json(rows))
                .containsExactly(
                        pair("rows.jsonl:1", "Add.\n\n1 and 2", "3"),
                        pair("rows.jsonl:2", "Sing.", "la"),
                        pair("rows.jsonl:3", "Sing.", "lo"));
        assertThat(read("rows.jsonl", rows, null, TemplateChoice.ALPACA).get(0))
                .isEqualTo(pair("rows.jsonl:1", "Add.\n\n### Input:\n1 and 2", "3"));
        assertThat(read("rows.csv", "input,instruction,output\n1 and 2,Add.,3\n,Sing.,la", null, TemplateChoice.PLAIN))
                .containsExactly(pair("rows.csv:2", "Add.\n\n1 and 2", "3"), pair("rows.csv:3", "Sing.", "la"));
    }

    @Test
    void readsAnInputThatColumnsName() {
        RowColumns dolly = new RowColumns("instruction", "context", "response");
        assertThat(read(
                        "rows.jsonl",
                        "{'instruction': 'Who?', 'context': 'Ann sang.', 'response': 'Ann', 'category': 'qa'}",
                        dolly,
                        TemplateChoice.AUTO))
                .containsExactly(pair("rows.jsonl:1", "Who?\n\nAnn sang.", "Ann"));
        assertThat(unread).containsExactly("category");
        assertThat(read(
                        "rows.csv",
                        "instruction,context,response,id\nWho?,Ann sang.,Ann,7",
                        dolly,
                        TemplateChoice.AUTO))
                .containsExactly(pair("rows.csv:2", "Who?\n\nAnn sang.", "Ann"));
        assertThat(unread).containsExactly("id");
    }

    @Test
    void refusesAnInputThatNothingReads() {
        String message = ": input is not read, but the answer may depend on it. Write dataset.columns: {prompt:"
                + " instruction, input: input, completion: output} to append it to the prompt, or name it in"
                + " dataset.metadata.";
        assertThatThrownBy(() -> read(
                        "rows.jsonl",
                        "{'instruction': 'Add.', 'input': '1', 'output': '3'}",
                        INSTRUCTION,
                        TemplateChoice.AUTO))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("rows.jsonl:1" + message);
        assertThatThrownBy(() -> read(
                        "rows.csv", "instruction,input,output\nSing.,,la\nAdd.,1,3", INSTRUCTION, TemplateChoice.AUTO))
                .hasMessage("rows.csv:3" + message);
        assertThat(read("rows.csv", "instruction,input,output\nSing.,,la", INSTRUCTION, TemplateChoice.AUTO))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'conversations': [{'from': 'human', 'value': 'a'}] # the last message must be from the assistant: it is the"
                        + " answer to learn.",
                "'conversations': [{'from': 'bot', 'value': 'a'}] # conversations[0] is from 'bot'. Messages are from system,"
                        + " human (or user), gpt (or assistant), function_call and observation.",
                "'conversations': 'a' # conversations is a string, but must be a list of from and value.",
                "'conversations': [{'from': 'human', 'value': 'a'}, {'from': 'function_call', 'value': 'f()'}] #"
                        + " conversations[1]: value is not JSON.",
                "'conversations': [{'from': 'human', 'value': 'a'}, {'from': 'function_call', 'value': '{}'}] #"
                        + " conversations[1]: value must be a call as JSON, {`name`: ..., `arguments`: ...}, or a list of calls.",
                "'instruction': 'a', 'output': 'b', 'history': [['c', 'd']] # history is not read. Write the row as messages,"
                        + " with role and content: the earlier questions and answers, then this one.",
                "'instruction': 'a', 'output': 'b', 'system': 'c' # system is not read. Write the row as messages, with role"
                        + " and content, the first from the system; or set dataset.system for all rows.",
                "'prompt': 'a', 'chosen': 'b', 'rejected': 'c' # chosen belongs to rows of preferences. Set dataset.layout:"
                        + " preference to learn the chosen answers.",
                "'prompt': [{'role': 'user', 'content': 'a'}], 'completion': 'b' # prompt is a list and completion is a"
                        + " string. Both must be texts, or both must be lists of messages without an input.",
                "'prompt': 'a', 'completion': 'b', 'input': 'c' # has input and prompt. A row has messages, or prompt and"
                        + " completion, or instruction, input and output, or conversations, or text. Put other keys under"
                        + " metadata or name them in dataset.metadata, or name the keys to read in dataset.columns, or the"
                        + " layout in dataset.layout.",
                "'prompt': [{'role': 'user', 'content': 'a'}], 'completion': [] # completion is empty.",
                "'prompt': [{'role': 'user', 'content': 'a'}], 'completion': [{'role': 'user', 'content': 'b'}] #"
                        + " completion[0] is from the user, but the assistant must come next: a system message"
                        + " may only come first, then user and assistant alternate, and tool results follow their calls.",
            })
    void refusesOtherFormsByName(String row, String refusal) {
        assertThatThrownBy(() -> json("{" + row + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("rows.jsonl:1: " + refusal.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'history': [['c', 'd']] # history is not read. Write the row as messages",
                "'system': 'c' # system is not read. Write the row as messages",
                "'messages': [{}] # messages is not read, because dataset.columns names other keys. Remove dataset.columns",
                "'tools': [{}] # tools is not read beside a question and its answer. Write the row as messages and tools.",
            })
    void refusesWhatColumnsWouldLose(String more, String refusal) {
        String row = "{'instruction': 'a', 'output': 'b', " + more + "}";
        assertThatThrownBy(() -> read("rows.jsonl", row, INSTRUCTION, TemplateChoice.AUTO))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("rows.jsonl:1: " + refusal);
    }

    @Test
    void saysWhatNoReaderOfJsonTakes() {
        assertThatThrownBy(
                        () -> json("{'prompt': 'a', 'completion': 'b', 'metadata': {'n': " + "1".repeat(1001) + "}}"))
                .hasMessage("rows.jsonl:1:1055: not valid JSON: a number has 1001 digits; the limit is 1000."
                        + " Each line must be one JSON object.");
        assertThatThrownBy(() -> json("{'prompt': 'a',\n"))
                .hasMessageStartingWith("rows.jsonl:1:16: not valid JSON: it ends too early.");
        assertThatThrownBy(() -> json("{'text': 'a'}\n\uFEFF{'text': 'b'}"))
                .hasMessageStartingWith(
                        "rows.jsonl:2:1: not valid JSON: a byte order mark within the text; remove it.");
        assertThatThrownBy(() -> json("{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content':"
                        + " 'b', 'reasoning_content': '\\ud83d'}]}"))
                .hasMessage("rows.jsonl:1: messages[1] contains half a character (a lone surrogate).");
    }

    private List<Example> json(String rows) {
        return read("rows.jsonl", rows, null, TemplateChoice.AUTO);
    }

    private List<Example> read(String name, String content, @Nullable RowColumns columns, TemplateChoice layout) {
        ExampleReader reader = new ExampleReader(
                new RowRules(RowLayout.AUTO, columns, List.of(), layout), new ProjectPaths(directory));
        try {
            Path file = Files.writeString(
                    directory.resolve(name), name.endsWith(".csv") ? content : content.replace('\'', '"'));
            List<Example> read = reader.read(List.of(file));
            unread = reader.unread();
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Example pair(String source, String prompt, String completion) {
        return new Example(source, List.of(new Message(Role.USER, prompt), new Message(Role.ASSISTANT, completion)));
    }
}
