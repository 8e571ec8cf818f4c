package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServedTemplateTest {
    /** What templates and tokenizers may stumble over: quotes, braces, white space that Java does not strip. */
    private static final List<Message> TALK = List.of(
            new Message(Role.SYSTEM, " Name the intent: {{ x }}, {% y %}, 'a' or \"b\\n\".\r\n"),
            new Message(Role.USER, "\u00a0Where is\u2007my card?\u0085"),
            new Message(Role.ASSISTANT, " card arrival\n"),
            new Message(Role.USER, "{}"),
            new Message(Role.ASSISTANT, "declined payment"),
            new Message(Role.SYSTEM, "Be quick."),
            new Message(Role.USER, "And\nnow?"),
            new Message(Role.USER, "Well?"));

    /** With white space where the tags of an introduction must neither take nor leave any. */
    private static final String OWN = """

              {% for m in messages %}
            {{ m.role }}: {{ m.content }}<|im_end|>
            {% endfor %}
            {% if add_generation_prompt %}
            assistant:
            {%- endif %}
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "bytes, PLAIN, auto",
        "bytes, QUESTION, auto",
        "bytes, ALPACA, auto",
        "bytes, CHATML, auto",
        "bytes, RAW, auto",
        "bytes, QUESTION, <|endoftext|>",
        "bytes, CHATML, <|endoftext|>",
        "tiny-llama, PLAIN, auto",
        "tiny-llama, QUESTION, <s>",
        "words, PLAIN, auto",
        "words, QUESTION, auto",
        "words, ALPACA, <s>",
        "words, RAW, auto",
        "first, PLAIN, auto",
        "first, QUESTION, <s>",
    })
    void writesWhatTheLayoutDoes(String model, TemplateChoice template, String endToken) throws IOException {
        Path path = model(model);
        TestSpec spec = new TestSpec();
        spec.put("dataset.template", template);
        spec.put("dataset.endToken", endToken);
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatFormat format = ChatFormat.of(spec.dataset(), path, tokenizer, List.of());
            ChatTemplate served = served(spec, path, tokenizer);
            String end = tokenizer.decode(new int[] {format.endTokenId()}, false);
            for (int start : List.of(0, 1)) {
                for (int length : List.of(2, 4, 7, 8)) {
                    Conversation talk = new Conversation(TALK.subList(start, length));
                    String text = render(served, talk);
                    assertThat(text)
                            .isEqualTo(ServedTemplate.beginning(tokenizer) + written(Layout.of(template), talk, end));
                    assertThat(tokenizer.encode(text, false)).isEqualTo(format.prompt(talk));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "QUESTION", "ALPACA", "CHATML"})
    void isEncodedToWhatWasTrained(TemplateChoice template) throws IOException {
        Path path = model("bytes");
        TestSpec spec = new TestSpec();
        spec.put("dataset.template", template);
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatFormat format = ChatFormat.of(spec.dataset(), path, tokenizer, List.of());
            ChatTemplate served = served(spec, path, tokenizer);
            Conversation asked = new Conversation(TALK.subList(0, 4));
            Conversation answered = new Conversation(TALK.subList(0, 5));
            int[] trained = format.encode(answered).get(0).tokens().ids();
            assertThat(tokenizer.encode(render(served, asked), false)).isEqualTo(format.prompt(asked));
            assertThat(tokenizer.encode(render(served, answered), false)).isEqualTo(trained);
        }
    }

    @Test
    void writesTheAnswersBeginningOnlyWhenAskedTo() throws IOException {
        Path path = model("bytes");
        TestSpec spec = new TestSpec();
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatTemplate served = served(spec, path, tokenizer);
            Map<String, Object> talk = ChatTemplate.variables(new Conversation(TALK.subList(1, 2)));
            assertThat(served.render(talk, true, Clock.systemUTC()).text())
                    .isEqualTo("Question: Where is\u2007my card?\nAnswer:");
            assertThat(served.render(talk, false, Clock.systemUTC()).text())
                    .isEqualTo("Question: Where is\u2007my card?");
        }
    }

    @Test
    void addsTheSystemMessageWhereTrainingDoes() throws IOException {
        Path path = model("bytes");
        TestSpec spec = new TestSpec();
        spec.set("dataset.template: chatml");
        spec.put("dataset.system", "You're \\n brief.\r\nAlways.");
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatTemplate served = served(spec, path, tokenizer);
            assertThat(render(served, new Conversation(TALK.subList(1, 2)))).isEqualTo("""
                    <|im_start|>system
                    You're \\n brief.\r
                    Always.<|im_end|>
                    <|im_start|>user
                    Where is\u2007my card?<|im_end|>
                    <|im_start|>assistant
                    """);
            List<Message> own = List.of(new Message(Role.SYSTEM, ""), new Message(Role.USER, "Hi"));
            assertThat(render(served, new Conversation(own))).startsWith("<|im_start|>system\n<|im_end|>\n");
        }
    }

    @Test
    void refusesWhatTheLayoutHasNoFormFor() throws IOException {
        Path path = model("bytes");
        TestSpec spec = new TestSpec();
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatTemplate served = served(spec, path, tokenizer);
            refuses(served, Map.of("role", "tool", "content", "12"), "has no place for messages of other roles");
            refuses(
                    served,
                    Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", "hi"))),
                    "takes messages whose content is a text");
            assertThatThrownBy(() -> served.render(
                            Map.of("messages", List.of(), "tools", List.of(Map.of("type", "function"))),
                            true,
                            Clock.systemUTC()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("The layout question has no place for tools.");
        }
    }

    @Test
    void leavesTheBasesOwnTemplateAlone() throws IOException {
        Path path = copy("bytes");
        Files.writeString(path.resolve("chat_template.jinja"), OWN);
        TestSpec spec = new TestSpec();
        spec.set("dataset.template: auto");
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatFormat format = ChatFormat.of(spec.dataset(), path, tokenizer, List.of());
            assertThat(ServedTemplate.replacement(spec.dataset(), path, tokenizer, format))
                    .isEmpty();
            assertThat(ServedTemplate.ollama(spec.dataset(), path, "<|im_end|>"))
                    .isEmpty();
        }
    }

    @Test
    void introducesTheBasesOwnTemplatesWithTheSystemMessage() throws IOException {
        Path path = copy("bytes");
        Files.writeString(path.resolve("chat_template.jinja"), OWN);
        TestSpec spec = new TestSpec();
        spec.set("dataset.template: auto");
        spec.put("dataset.system", "Be brief.");
        List<Message> talk = List.of(new Message(Role.USER, "Hi"));
        List<Message> introduced = new ArrayList<>(talk);
        introduced.add(0, new Message(Role.SYSTEM, "Be brief."));
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatTemplate base = ChatTemplate.of(path).orElseThrow();
            ChatTemplate served = served(spec, path, tokenizer);
            assertThat(render(served, new Conversation(talk)))
                    .isEqualTo(render(base, new Conversation(introduced)))
                    .isEqualTo("\nsystem: Be brief.<|im_end|>\nuser: Hi<|im_end|>\nassistant:");
            assertThat(render(served, new Conversation(introduced)))
                    .isEqualTo(render(base, new Conversation(introduced)));

            Files.createDirectory(path.resolve("additional_chat_templates"));
            Files.writeString(
                    path.resolve("additional_chat_templates/tool_use.jinja"),
                    "{{ tools }} {{ messages[0].content }}\n");
            ChatTemplate both = served(spec, path, tokenizer);
            assertThat(render(both, new Conversation(talk))).isEqualTo(render(served, new Conversation(talk)));
            Map<String, Object> variables =
                    Map.of("messages", List.of(Map.of("role", "user", "content", "Hi")), "tools", List.of("t"));
            assertThat(both.render(variables, true, Clock.systemUTC()).text()).isEqualTo("['t'] Be brief.");
        }
    }

    @Test
    void givesTheBasesOwnTemplateTheArgumentsOfTraining() throws IOException {
        Path path = copy("bytes");
        Files.writeString(path.resolve("chat_template.jinja"), "{{ '!' if loud else '?' }}{{ names }}" + OWN);
        TestSpec spec = new TestSpec();
        spec.set("dataset.template: auto");
        spec.put(
                "dataset.templateArguments",
                Map.of(
                        "loud",
                        BooleanNode.FALSE,
                        "names",
                        new ObjectMapper().readTree("[\"it's\", null, 2, {\"a\": 1.5}]")));
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            ChatTemplate served = served(spec, path, tokenizer);
            Conversation talk = new Conversation(TALK.subList(3, 4));
            String text = render(served, talk);
            assertThat(text).isEqualTo("?[\"it's\", None, 2, {'a': 1.5}]\nuser: {}<|im_end|>\nassistant:");
            assertThat(tokenizer.encode(text, false))
                    .isEqualTo(ChatFormat.of(spec.dataset(), path, tokenizer, List.of())
                            .prompt(talk));
            Map<String, Object> loud = new HashMap<>(ChatTemplate.variables(talk));
            loud.put("loud", true);
            assertThat(served.render(loud, false, Clock.systemUTC()).text()).startsWith("!");
        }
    }

    @Test
    void saysWhereServingIsNotTraining() throws IOException {
        Path path = copy("bytes");
        TestSpec spec = new TestSpec();
        try (Tokenizer tokenizer = Tokenizer.load(path)) {
            assertThat(difference(spec, path, tokenizer)).isEmpty();
            // Programs give contents as texts, of which this template writes nothing.
            Files.writeString(
                    path.resolve("chat_template.jinja"),
                    OWN.replace("{{ m.content }}", "{% for part in m.content %}{{ part.text }}{% endfor %}"));
            spec.set("dataset.template: auto");
            assertThat(difference(spec, path, tokenizer))
                    .contains("Programs that use the chat template give the model other tokens than it was trained"
                            + " with: they encode the template's output as a whole. Use this plugin's Java API"
                            + " instead.");
        }
    }

    private static Optional<String> difference(TestSpec spec, Path path, Tokenizer tokenizer) {
        ChatFormat format = ChatFormat.of(spec.dataset(), path, tokenizer, List.of());
        return ServedTemplate.difference(spec.dataset(), path, tokenizer, format);
    }

    private static void refuses(ChatTemplate served, Map<String, Object> message, String why) {
        assertThatThrownBy(() -> served.render(Map.of("messages", List.of(message)), true, Clock.systemUTC()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    private static ChatTemplate served(TestSpec spec, Path path, Tokenizer tokenizer) {
        ChatFormat format = ChatFormat.of(spec.dataset(), path, tokenizer, List.of());
        return ChatTemplate.ofText(
                ServedTemplate.replacement(spec.dataset(), path, tokenizer, format)
                        .orElseThrow(),
                path);
    }

    private static String render(ChatTemplate template, Conversation conversation) {
        return template.render(ChatTemplate.variables(conversation), true, Clock.systemUTC())
                .text();
    }

    private static String written(Layout layout, Conversation conversation, String end) {
        StringBuilder text = new StringBuilder();
        for (Layout.Turn turn : layout.turns(conversation.messages())) {
            text.append(turn.prompt());
            if (turn.answer() != null) {
                text.append(turn.answer()).append(end);
            }
        }
        return text.toString();
    }

    /** {@code first} is {@code words} as transformers 5 writes it: a space is put at the beginning of a text alone. */
    private Path model(String name) throws IOException {
        if (name.equals("tiny-llama")) {
            return TestModels.resource("/models/tiny-llama");
        }
        if (!name.equals("first")) {
            return Fixtures.tokenizer(name);
        }
        Path path = copy("words");
        Path file = path.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        json.putNull("normalizer");
        json.putObject("pre_tokenizer")
                .put("type", "Metaspace")
                .put("replacement", "\u2581")
                .put("prepend_scheme", "first")
                .put("split", false);
        Files.writeString(file, json.toString());
        return path;
    }

    private Path copy(String name) {
        return Fixtures.copy(name, directory);
    }
}
