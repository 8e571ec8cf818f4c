package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as other tools write them; the variables are what a chat template sees of them. */
class ConversationJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsAnAnswerOfOpenAisApiAsItIs() {
        assertThat(messages("{'role': 'assistant', 'content': 'yes', 'refusal': null, 'annotations': [], 'audio': null,"
                        + " 'function_call': null, 'tool_calls': null}"))
                .containsExactly(new Message(Role.ASSISTANT, "yes"));
        assertThat(messages("{'role': 'user', 'content': 'Why?', 'tool_calls': [], 'name': null, 'unheard_of': null}"))
                .containsExactly(new Message(Role.USER, "Why?"));
    }

    @Test
    void joinsPartsOfText() {
        assertThat(
                        messages(
                                "{'role': 'user', 'content': [{'type': 'text', 'text': 'Is '}, {'type': 'text', 'text': '0 even?'}]}"))
                .containsExactly(new Message(Role.USER, "Is 0 even?"));
    }

    @Test
    void knowsWhichAnswersAreLearnt() {
        List<Message> messages = messages("{'role': 'user', 'content': 'a', 'weight': 0},"
                + " {'role': 'assistant', 'content': 'b', 'weight': 0}, {'role': 'assistant', 'content': 'c', 'weight': 1},"
                + " {'role': 'assistant', 'content': 'd', 'weight': null}, {'role': 'assistant', 'content': 'e'}");
        assertThat(messages).extracting(Message::learnt).containsExactly(true, false, true, true, true);
        assertThat(variables(messages.get(1))).isEqualTo("{role=assistant, content=b}");
    }

    @Test
    void readsDeveloperAsSystem() {
        assertThat(messages("{'role': 'developer', 'content': ''}")).containsExactly(new Message(Role.SYSTEM, ""));
    }

    @Test
    void keepsTheContentOfATurnThatCallsToolsAsItsRowHasIt() {
        String call = "'tool_calls': [{'function': {'name': 'f'}}]}";
        String seen = "tool_calls=[{function={name=f}}]}";
        assertThat(variables(
                        messages("{'role': 'assistant', 'content': '', " + call).get(0)))
                .isEqualTo("{role=assistant, content=, " + seen);
        assertThat(variables(messages("{'role': 'assistant', 'content': null, " + call)
                        .get(0)))
                .isEqualTo("{role=assistant, content=None, " + seen);
        assertThat(variables(messages("{'role': 'assistant', " + call).get(0))).isEqualTo("{role=assistant, " + seen);
        assertThat(variables(messages("{'role': 'assistant', 'content': 'So:', " + call)
                        .get(0)))
                .isEqualTo("{role=assistant, content=So:, " + seen);
    }

    @Test
    void givesTemplatesTheReasoningUnderItsOwnName() {
        for (String key : List.of("reasoning_content", "reasoning", "thinking")) {
            assertThat(variables(messages("{'role': 'assistant', 'content': 'b', '" + key + "': 'c'}")
                            .get(0)))
                    .isEqualTo("{role=assistant, content=b, " + key + "=c}");
        }
    }

    @Test
    void templatesSeeRowsAsTransformersShowsThem(@TempDir Path directory) throws IOException {
        JsonNode golden = JSON.readTree(
                        TestModels.resource("/templates/cases.json").toFile())
                .path("chat")
                .path("rows");
        Path file = Files.writeString(
                directory.resolve("template.jinja"), golden.path("template").asText());
        ChatTemplate template = ChatTemplate.ofFile(file, directory);
        assertThat(golden.path("cases")).hasSize(6);
        for (JsonNode row : golden.path("cases")) {
            Conversation conversation = new Conversation(ConversationJson.messages("m", row.path("messages")));
            assertThat(template.render(ChatTemplate.variables(conversation), false, Clock.systemUTC())
                            .text())
                    .as(row.path("messages").toString())
                    .isEqualTo(row.path("text").asText());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "'role': 'user', 'content': [{'type': 'image_url', 'image_url': {}}] # m: messages[0]: content[0] is of the"
                        + " type 'image_url', but must be {\"type\": \"text\", \"text\": ...}: training supports only text.",
                "'role': 'user', 'content': ['a'] # m: messages[0]: content[0] is a string, but must be"
                        + " {\"type\": \"text\", \"text\": ...}: training supports only text.",
                "'role': 'user', 'content': [{'type': 'text', 'text': 'a', 'lang': 'en'}] # m: messages[0]: content[0] has"
                        + " the unknown key 'lang'. A part has type and text.",
                "'role': 'user', 'content': null # m: messages[0]: content is null, but must be text.",
                "'role': 'tool', 'content': {'sun': 1} # m: messages[0]: content is an object, but must be text."
                        + " Write its text in quotes.",
                "'role': 'tool', 'content': 22.5 # m: messages[0]: content is a number, but must be text."
                        + " Write it in quotes.",
                "'role': 'assistant', 'content': null, 'refusal': 'No.' # m: messages[0] has refusal, which training does"
                        + " not support."
                        + " Move its text to content if the model should learn this refusal, or remove the row.",
                "'role': 'assistant', 'content': null, 'function_call': {'name': 'f'} # m: messages[0] has function_call,"
                        + " which training does not support. Write it as tool_calls, and its result with the role tool.",
                "'role': 'assistant', 'content': null, 'audio': {'id': 'a'} # m: messages[0] has audio, which training"
                        + " does not support. Training supports only text. Remove the row.",
                "'role': 'function', 'content': 'a' # m: messages[0] has the unknown role 'function'. Roles are system (or"
                        + " developer), user, assistant and tool. Write the result of a function with the role tool, and"
                        + " its call as tool_calls.",
                "'role': 'assistant', 'content': 'a', 'weight': 0.5 # m: messages[0]: weight is 0.5, but must be 0, which"
                        + " excludes the answer from training, or 1.",
                "'role': 'assistant', 'content': 'a', 'weight': true # m: messages[0]: weight is a boolean, but must be 0,"
                        + " which excludes the answer from training, or 1.",
                "'role': 'user', 'content': 'a', 'weight': 1 # m: messages[0] is from the user and has weight 1, but"
                        + " training learns only the assistant's messages. Remove it.",
                "'role': 'assistant', 'content': 'a', 'reasoning_content': ['b'] # m: messages[0]: reasoning_content is a"
                        + " list, but must be text. Write its text in quotes.",
                "'role': 'user', 'content': 'a', 'tool_calls': [{}] # m: messages[0]: tool_calls must be a list of calls,"
                        + " in a message of the assistant.",
            },
            quoteCharacter = '`')
    void refusesByName(String message, String refusal) {
        assertThatThrownBy(() -> messages("{" + message + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(refusal);
    }

    private static List<Message> messages(String json) {
        try {
            return ConversationJson.messages("m", JSON.readTree("[" + json.replace('\'', '"') + "]"));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String variables(Message message) {
        Object seen = ChatTemplate.variables(new Conversation(List.of(message))).get("messages");
        String list = String.valueOf(seen).replace("NONE", "None");
        return list.substring(1, list.length() - 1);
    }
}
