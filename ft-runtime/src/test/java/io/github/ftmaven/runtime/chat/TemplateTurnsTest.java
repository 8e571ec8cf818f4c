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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's own chat template, tokens compared with transformers' {@code apply_chat_template}. */
class TemplateTurnsTest {
    @TempDir
    Path model;

    private final JsonNode golden = read();
    private final List<Message> talk = new ArrayList<>();

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(TestModels.resource("/templates/cases.json").toFile())
                    .path("chat");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        TestModels.copy(TestModels.tinyLlama(), model);
        for (JsonNode message : golden.path("messages")) {
            Role role = Role.valueOf(message.path("role").asText().toUpperCase(Locale.ROOT));
            talk.add(new Message(role, message.path("content").asText()));
        }
    }

    private static int[] ids(JsonNode list) {
        int[] ids = new int[list.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = list.get(i).asInt();
        }
        return ids;
    }

    private TemplateTurns turns(String template, Tokenizer tokenizer) throws IOException {
        Files.writeString(model.resolve("chat_template.jinja"), template);
        return new TemplateTurns(ChatTemplate.of(model).orElseThrow(), tokenizer);
    }

    @Test
    void tokensAreThoseOfTransformers() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            TemplateTurns turns = turns(golden.path("template").asText(), tokenizer);
            int end = turns.endOfTurn().orElseThrow();
            assertThat(tokenizer.decode(new int[] {end}, false)).isEqualTo("<|im_end|>");

            int[] whole = ids(golden.path("ids"));
            EncodedConversation encoded = turns.assemble(new Conversation(talk), end, false);
            assertThat(encoded.tokens().ids())
                    .isEqualTo(Arrays.copyOf(whole, encoded.tokens().length()));
            assertThat(tokenizer.decode(
                            Arrays.copyOfRange(whole, encoded.tokens().length(), whole.length), false))
                    .isEqualTo("\n");
            StringBuilder learnt = new StringBuilder();
            encoded.tokens().supervised().stream()
                    .forEach(i -> learnt.append(
                            tokenizer.decode(new int[] {encoded.tokens().ids()[i]}, false)));
            assertThat(learnt.toString()).isEqualTo("three<|im_end|>five, the river<|im_end|>");

            assertThat(turns.assemble(new Conversation(talk.subList(0, 4)), end, false)
                            .tokens()
                            .ids())
                    .isEqualTo(ids(golden.path("prompt")));
        }
    }

    @Test
    void aTemplateThatRewritesEarlierTurnsIsRefusedWhereItWouldMatter() throws IOException {
        String forgetful =
                "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' and not loop.last %}"
                        + "(gone){% else %}{{ m.content }}{% endif %}<|im_end|>\n{% endfor %}"
                        + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            TemplateTurns turns = turns(forgetful, tokenizer);
            int end = turns.endOfTurn().orElseThrow();
            assertThat(turns.assemble(new Conversation(talk.subList(0, 3)), end, false)
                            .tokens()
                            .supervisedCount())
                    .isPositive();
            assertThatThrownBy(() -> turns.assemble(new Conversation(talk), end, false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("earlier turns")
                    .hasMessageContaining("dataset.learn");
            EncodedConversation last = turns.assemble(new Conversation(talk), end, true);
            assertThat(tokenizer.decode(last.tokens().ids(), false))
                    .contains("(gone)")
                    .doesNotContain("three");
            assertThat(tokenizer.decode(
                            Arrays.copyOfRange(
                                    last.tokens().ids(),
                                    last.tokens().supervised().nextSetBit(0),
                                    last.tokens().length()),
                            false))
                    .isEqualTo("five, the river<|im_end|>");
        }
    }

    @Test
    void aRefusalNamesTheTemplateAndItsLine() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            TemplateTurns turns = turns(
                    "{% for m in messages %}\n{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
                            + "{{ m.content }}</s>{% endfor %}",
                    tokenizer);
            assertThatThrownBy(() -> turns.assemble(new Conversation(talk), 1, false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(model.resolve("chat_template.jinja")
                            + ": the chat template refuses this conversation, line 2: no system.");
        }
    }

    @Test
    void toolsAndTheirCallsAreThoseOfTransformers() throws IOException {
        JsonNode tools = golden.path("tools");
        Conversation calls = new Conversation(
                ConversationJson.messages("row", tools.path("row").path("messages")),
                ConversationJson.tools("row", tools.path("row").path("tools")));
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            TemplateTurns turns = turns(tools.path("template").asText(), tokenizer);
            int end = turns.endOfTurn().orElseThrow();
            int[] whole = ids(tools.path("ids"));
            TokenSequence encoded = turns.assemble(calls, end, false).tokens();

            assertThat(encoded.ids()).isEqualTo(Arrays.copyOf(whole, encoded.length()));
            assertThat(tokenizer.decode(whole, false)).startsWith(tokenizer.decode(encoded.ids(), false));
            StringBuilder learnt = new StringBuilder();
            encoded.supervised().stream()
                    .forEach(i -> learnt.append(tokenizer.decode(new int[] {encoded.ids()[i]}, false)));
            assertThat(learnt.toString())
                    .isEqualTo(
                            "<call>{\"name\": \"depth\", \"arguments\": {\"of\": \"river\", \"n\": 1.5}}</call><|im_end|>"
                                    + "seven stones<|im_end|>"
                                    + "<call>{\"name\": \"depth\", \"arguments\": {}}</call><|im_end|>");
            assertThat(turns.assemble(calls.upTo(3), end, false).tokens().ids()).isEqualTo(ids(tools.path("prompt")));
            assertThat(turns.lastAnswer(calls, end)).isEqualTo("<call>{\"name\": \"depth\", \"arguments\": {}}</call>");
        }
    }
}
