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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts of published rows, told by their keys or named. Rows are written with single quotes here. */
class RowLayoutTest {
    @TempDir
    Path directory;

    private List<String> unread = List.of();

    @Test
    void readsShareGpt() {
        List<Example> read = json(
                RowLayout.AUTO,
                "{'id': 'x_1', 'conversations': [{'from': 'system', 'value': 's'}, {'from': 'human', 'value': 'a'},"
                        + " {'from': 'gpt', 'value': 'b'}, {'from': 'user', 'value': 'c'}, {'from': 'chatgpt', 'value': 'd'}]}");
        assertThat(read.get(0).messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "s"),
                        new Message(Role.USER, "a"),
                        new Message(Role.ASSISTANT, "b"),
                        new Message(Role.USER, "c"),
                        new Message(Role.ASSISTANT, "d"));
        assertThat(unread).containsExactly("id");
    }

    /** The example of LLaMA-Factory's documentation of its format. */
    @Test
    void readsCallsSystemAndToolsOfShareGpt() {
        List<Example> read = json(
                RowLayout.AUTO,
                "{'conversations': [{'from': 'human', 'value': 'a'},"
                        + " {'from': 'function_call', 'value': '{~name~: ~f~, ~arguments~: {~x~: 1}}'},"
                        + " {'from': 'observation', 'value': 'r'}, {'from': 'gpt', 'value': 'b'}],"
                        + " 'system': 's', 'tools': '[{~name~: ~f~}]'}");
        assertThat(read.get(0).messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT);
        assertThat(read.get(0).messages().get(2).more())
                .hasToString(
                        "{\"tool_calls\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}]}");
        assertThat(read.get(0).tools()).hasToString("[{\"name\":\"f\"}]");
    }

    @Test
    void readsConversationsOfRoles() {
        assertThat(json(
                                RowLayout.AUTO,
                                "{'conversations': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}]}")
                        .get(0)
                        .answer())
                .isEqualTo("b");
    }

    @Test
    void aNamedLayoutIgnoresOtherKeys() {
        String stanford = "{'instruction': 'Add.', 'input': '1', 'output': '2', 'text': 'Below is an instruction'}";
        assertThat(json(RowLayout.ALPACA, stanford).get(0).answer()).isEqualTo("2");
        assertThat(unread).containsExactly("text");
        assertThat(json(RowLayout.TEXT, stanford).get(0).answer()).isEqualTo("Below is an instruction");
        assertThat(unread).containsExactly("input", "instruction", "output");
        assertThatThrownBy(() -> json(RowLayout.AUTO, stanford))
                .hasMessageStartingWith("rows.jsonl:1: has instruction and text. A row has")
                .hasMessageEndingWith("or the layout in dataset.layout.");
        assertThatThrownBy(() -> json(RowLayout.MESSAGES, stanford))
                .hasMessage("rows.jsonl:1: messages is empty, but must be a list of messages.");
    }

    @Test
    void theChosenAnswerIsLearnt() {
        assertThat(json(RowLayout.PREFERENCE, "{'prompt': 'a', 'chosen': 'b', 'rejected': 'c', 'score_chosen': 8}")
                        .get(0)
                        .messages())
                .containsExactly(new Message(Role.USER, "a"), new Message(Role.ASSISTANT, "b"));
        assertThat(unread).containsExactly("score_chosen");
        String explicit =
                "{'prompt': [{'role': 'user', 'content': 'a'}], 'chosen': [{'role': 'assistant', 'content': 'b'}],"
                        + " 'rejected': [{'role': 'assistant', 'content': 'c'}]}";
        String implicit = "{'chosen': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}],"
                + " 'rejected': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'c'}]}";
        assertThat(json(RowLayout.PREFERENCE, explicit).get(0).messages())
                .isEqualTo(json(RowLayout.PREFERENCE, implicit).get(0).messages())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'prompt': 'a', 'chosen': 'b', 'rejected': 'b' # chosen and rejected are the same, so nothing is preferred.",
                "'prompt': 'a', 'chosen': 'b' # rejected is missing; found only prompt, chosen.",
                "'chosen': 'b', 'rejected': 'c' # prompt is missing: chosen and rejected are texts, which answer it.",
                "'prompt': 'a', 'chosen': ' ', 'rejected': 'c' # chosen is empty.",
                "'prompt': 'a', 'chosen': [], 'rejected': 'c' # chosen is a list and rejected is a string. Both must be texts",
                "'chosen': [{'role': 'user', 'content': 'a'}], 'rejected': [{'role': 'user', 'content': 'b'}] #"
                        + " chosen and rejected begin differently, so they do not answer the same prompt.",
            })
    void refusesPairsThatPreferNothing(String row, String refusal) {
        assertThatThrownBy(() -> json(RowLayout.PREFERENCE, "{" + row + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("rows.jsonl:1: " + refusal);
    }

    @Test
    void fillsColumnsIntoTexts() {
        RowColumns columns = new RowColumns("Classify ({{ lang }}): {{text}}", null, "{{label}}");
        assertThat(read("rows.csv", "id,text,label,lang\n1,{{label}} $1,x,en\n", RowLayout.AUTO, columns)
                        .get(0)
                        .messages())
                .containsExactly(
                        new Message(Role.USER, "Classify (en): {{label}} $1"), new Message(Role.ASSISTANT, "x"));
        assertThat(unread).containsExactly("id");
        assertThat(read(
                                "rows.jsonl",
                                "{'text': 'a', 'label': 3, 'lang': true, 'id': 1}",
                                RowLayout.AUTO,
                                new RowColumns("{{text}}{{lang}}", null, "label"))
                        .get(0)
                        .messages())
                .containsExactly(new Message(Role.USER, "atrue"), new Message(Role.ASSISTANT, "3"));
        assertThatThrownBy(
                        () -> read("rows.jsonl", "{'txt': 'a', 'label': 'b', 'lang': null}", RowLayout.AUTO, columns))
                .hasMessage(
                        "rows.jsonl:1: has no 'lang' that is a text or a number, but dataset.columns names it; found"
                                + " only txt, label.");
        assertThatThrownBy(() -> read("rows.csv", "txt,label,lang\na,b,c", RowLayout.AUTO, columns))
                .hasMessageStartingWith("rows.csv:1: has no column 'text', only txt, label, lang. Did you mean 'txt'?");
    }

    @Test
    void columnsHoldNoLists() {
        assertThatThrownBy(() -> read("rows.csv", "messages\n[]", RowLayout.MESSAGES, null))
                .hasMessage(
                        "dataset.layout: rows of messages are read from .jsonl and .json only, since columns hold no"
                                + " lists.");
    }

    private List<Example> json(RowLayout layout, String rows) {
        return read("rows.jsonl", rows, layout, null);
    }

    private List<Example> read(String name, String rows, RowLayout layout, @Nullable RowColumns columns) {
        ExampleReader reader = new ExampleReader(
                new RowRules(layout, columns, List.of(), TemplateChoice.AUTO), new ProjectPaths(directory));
        try {
            String json = name.endsWith(".jsonl") ? rows.replace('\'', '"').replace("~", "\\\"") : rows;
            return reader.read(List.of(Files.writeString(directory.resolve(name), json)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            unread = reader.unread();
        }
    }
}
