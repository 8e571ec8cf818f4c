package io.github.ftmaven.runtime.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceRowsTest {
    private static final ServiceRows STRICT = new ServiceRows("Together", false, true, 1, 1_000);
    private static final ServiceRows TOOLS = new ServiceRows("S", true, false, 1, 1_000);
    private static final Message SYSTEM = new Message(Role.SYSTEM, "s");
    private static final Message USER = new Message(Role.USER, "q");
    private static final Message ANSWER = new Message(Role.ASSISTANT, "a");

    @TempDir
    Path directory;

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    private List<String> written(ServiceRows rows, boolean lastOnly, Example... examples) throws IOException {
        rows.check(List.of(examples), lastOnly);
        Path file = directory.resolve("a/rows.jsonl");
        rows.write(List.of(examples), lastOnly, file);
        return Files.readAllLines(file);
    }

    @Test
    void writesMessagesAndNothingElse() throws IOException {
        Example plain = new Example("t:1", List.of(SYSTEM, USER, ANSWER), null, Map.of("group", "g"));
        assertThat(written(STRICT, false, plain))
                .containsExactly(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":"
                                + "\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]}");
    }

    @Test
    void saysWhichAnswersAreLearnt() throws IOException {
        Example long1 = new Example("t:1", List.of(USER, ANSWER.learnt(false), USER, ANSWER, USER, ANSWER));
        String line = written(STRICT, true, long1).get(0);
        assertThat(json(line).findValuesAsText("weight")).containsExactly("0", "0");
        assertThat(json(written(STRICT, false, long1).get(0)).findValuesAsText("weight"))
                .containsExactly("0");
        refused(
                STRICT,
                "t:1: no answer has a weight other than 0, so Together would learn nothing from it. Remove the"
                        + " row.",
                new Example("t:1", List.of(USER, ANSWER.learnt(false))));
    }

    @Test
    void writesToolsWhereTheyAreTaken() throws IOException {
        Message call = new Message(
                Role.ASSISTANT,
                "",
                json("{'tool_calls': [{'id': 'c', 'function': {'name': 'f', 'arguments': '{}'}}]}"));
        Message result = new Message(Role.TOOL, "7", json("{'tool_call_id': 'c'}"));
        Example example = new Example("t:1", List.of(USER, call, result, ANSWER), json("[{'type': 'function'}]"));
        JsonNode line = json(written(TOOLS, false, example).get(0));
        assertThat(line.path("tools").path(0).path("type").asText()).isEqualTo("function");
        assertThat(line.path("messages")
                        .path(1)
                        .path("tool_calls")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo("c");
        assertThat(line.path("messages").path(2).toString())
                .isEqualTo("{\"role\":\"tool\",\"content\":\"7\",\"tool_call_id\":\"c\"}");
        refused(STRICT, "t:1: Together does not take conversations with tools. Remove the row.", example);
    }

    @Test
    void namesTheRowsThatWouldBeRefused() throws IOException {
        refused(
                STRICT,
                "t:1: Together takes a system message at most, then user and assistant in turns, but the roles are user,"
                        + " user, assistant. Change or remove the row.",
                new Example("t:1", List.of(USER, USER, ANSWER)));
        refused(
                TOOLS,
                "t:2: messages[1] has reasoning_content, which S does not take. Remove it.",
                new Example(
                        "t:2", List.of(USER, new Message(Role.ASSISTANT, "a", json("{'reasoning_content': 'r'}")))));
        Example bad = new Example("t:3", List.of(ANSWER, USER, ANSWER));
        assertThatThrownBy(() -> STRICT.check(Collections.nCopies(13, bad), false))
                .hasMessageStartingWith("t:3: ")
                .hasMessageEndingWith("\nand 3 more rows");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        Example example = new Example("t:1", List.of(USER, ANSWER.with("a".repeat(990))));
        assertThatThrownBy(() -> written(STRICT, false, example))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but Together takes files of at most 1000. Train on fewer rows, or here.");
    }

    private static void refused(ServiceRows rows, String message, Example example) {
        assertThatThrownBy(() -> rows.check(List.of(example), false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
