package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model's own chat template makes of conversations, and what is said where it cannot be used. */
class TemplateTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOOP = "{% for m in messages %}";
    private static final String ASK = "{% endfor %}{% if add_generation_prompt %}";
    private static final String CHATML =
            LOOP + "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n" + ASK + "<|im_start|>assistant\n{% endif %}";
    private static final String REASONS =
            LOOP + "<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' and loop.last %}"
                    + "<think>\n{{ m.reasoning_content | default('') }}\n</think>\n\n{% endif %}{{ m.content }}<|im_end|>\n"
                    + ASK
                    + "<|im_start|>assistant\n{% if not (enable_thinking | default(true)) %}<think>\n\n</think>\n\n{% endif %}"
                    + "{% endif %}";
    private static final String UNASKED = LOOP + "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}\n";
    private static final String OPENS =
            LOOP + "{% if m.role == 'assistant' %}<|im_start|>{{ m.content.split('</think>')[-1] }}"
                    + "<|im_end|>{% else %}{{ m.content }}{% endif %}" + ASK + "<|im_start|><think>\n{% endif %}";

    private static final Message QUESTION = new Message(Role.USER, "Is it hot?");
    private static final Message ANSWER = new Message(Role.ASSISTANT, "Yes.");

    @TempDir
    Path model;

    private final TestSpec spec = new TestSpec();
    private Tokenizer tokenizer;

    @BeforeEach
    void load() throws IOException {
        TestModels.copy(TestModels.tinyLlama(), model);
        tokenizer = Tokenizer.load(model);
        spec.set("dataset.template: auto");
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private ChatFormat format(String template) throws IOException {
        Files.writeString(model.resolve("chat_template.jinja"), template);
        return ChatFormat.of(spec.dataset(), model, tokenizer, List.of());
    }

    /** JSON can say it, and no file that is written for those who serve the model can hold it. */
    @Test
    void refusesHalfACharacter() throws IOException {
        Path config = model.resolve("tokenizer_config.json");
        Files.writeString(config, "{\"chat_template\": \"{{ '\\ud83d' }}\"}");

        assertThatThrownBy(() -> ChatTemplate.of(model))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(config + ": the chat template contains a lone surrogate, which cannot be written"
                        + " to a file.");
    }

    private static Conversation talk(Message... messages) {
        return new Conversation(List.of(messages));
    }

    private static Message reasoned(String thought, String content) {
        return new Message(
                Role.ASSISTANT, content, JsonNodeFactory.instance.objectNode().put("reasoning_content", thought));
    }

    /** What is asked, and behind a bar what is learnt, of each sequence. */
    private List<String> learnt(ChatFormat format, Conversation conversation) {
        return format.encode(conversation).stream()
                .map(encoded -> {
                    int[] ids = encoded.tokens().ids();
                    int start = encoded.tokens().supervised().nextSetBit(0);
                    return text(Arrays.copyOf(ids, start)) + "|" + text(Arrays.copyOfRange(ids, start, ids.length));
                })
                .toList();
    }

    private String text(int[] ids) {
        return tokenizer.decode(ids, false);
    }

    private int[] generated(String text) {
        return tokenizer.encode(text, false);
    }

    @Test
    void reasoningIsLearntAndTakenOffBothSides() throws IOException {
        ChatFormat format = format(REASONS);
        Conversation conversation = talk(QUESTION, reasoned("The sun is out.", "Yes."));
        assertThat(learnt(format, conversation))
                .containsExactly("<|im_start|>user\nIs it hot?<|im_end|>\n<|im_start|>assistant\n"
                        + "|<think>\nThe sun is out.\n</think>\n\nYes.<|im_end|>");
        assertThat(format.expected(conversation)).isEqualTo("Yes.");
        assertThat(format.answer(generated("<think>\nhm\n</think>\n\nYes.<|im_end|>\n")))
                .isEqualTo("Yes.");
        assertThat(format.answer(generated("Yes.<|im_end|>"))).isEqualTo("Yes.");
        // Without reasoning the answer is the same; only it is weighed, behind the empty block.
        assertThat(learnt(format, talk(QUESTION, ANSWER)).get(0)).endsWith("|<think>\n\n</think>\n\nYes.<|im_end|>");
        TokenSequence weighed = format.lastAnswer(talk(QUESTION, ANSWER));
        int start = weighed.supervised().nextSetBit(0);
        assertThat(text(Arrays.copyOfRange(weighed.ids(), start, weighed.length())))
                .isEqualTo("Yes.<|im_end|>");
    }

    @Test
    void reasoningThatIsNotFinishedIsNoAnswer() throws IOException {
        ChatFormat format = format(REASONS);
        assertThat(format.isReasoning(generated("<thi"))).isTrue();
        assertThat(format.isReasoning(generated("<think>\nIt may be"))).isTrue();
        assertThat(format.isReasoning(generated("<think>\nhm\n</think>\n\nY"))).isFalse();
        assertThat(format.isReasoning(generated("Yes"))).isFalse();
        assertThat(format.isReasoning(new int[0])).isFalse();
        assertThat(format.answer(generated("<think>\nIt may be"))).isEqualTo("<think>\nIt may be");
    }

    @Test
    void anAnswerEndsWhereProgramsThatServeTheModelStop() throws IOException {
        format(CHATML);
        ChatFormat format = ChatFormat.of(spec.dataset(), model, tokenizer, List.of(1));
        assertThat(text(new int[] {format.endTokenId(), 1})).isEqualTo("<|im_end|></s>");
        assertThat(format.answer(generated("Yes.</s>And more"))).isEqualTo("Yes.");
        assertThat(format.answer(generated("Yes.<|im_end|>And more"))).isEqualTo("Yes.");
        assertThat(format.isEnd(1)).isTrue();
    }

    @Test
    void reasoningIsFoundUnderItsOtherNames() throws IOException {
        Message other = new Message(
                Role.ASSISTANT, "Yes.", JsonNodeFactory.instance.objectNode().put("thinking", "The sun is out."));
        assertThat(learnt(format(REASONS), talk(QUESTION, other)).get(0))
                .contains("<think>\nThe sun is out.\n</think>");
    }

    @Test
    void templateArgumentsReachTheTemplate() throws IOException {
        spec.put("dataset.templateArguments", Map.of("enable_thinking", BooleanNode.FALSE));
        ChatFormat format = format(REASONS);
        assertThat(learnt(format, talk(QUESTION, ANSWER)))
                .containsExactly(
                        "<|im_start|>user\nIs it hot?<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
                                + "|Yes.<|im_end|>");
        assertThat(text(format.prompt(talk(QUESTION)))).endsWith("assistant\n<think>\n\n</think>\n\n");
        assertThat(format.notes()).isEmpty();
        assertThatThrownBy(() -> format.encode(talk(QUESTION, reasoned("The sun is out.", "Yes."))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the model's chat template begins this answer differently from its prompt: the prompt has"
                        + " \"\\n</think>\\n\\n\", the answer has \"The sun is out.\\n</think>\\n\\nYes.<|im_end|>\\n\". The"
                        + " answer has reasoning, but the prompt does not allow it. Remove it from the row, or enable it"
                        + " in the template with dataset.templateArguments.");
    }

    @Test
    void templateArgumentsThatNothingReadsAreRefused() throws IOException {
        spec.put("dataset.templateArguments", Map.of("enable_thinkin", BooleanNode.FALSE));
        assertThatThrownBy(() -> format(REASONS))
                .hasMessage("dataset.templateArguments.enable_thinkin: the model's chat template ("
                        + model.resolve("chat_template.jinja") + ") does not use it. Remove it, or correct its name.");
        spec.put("dataset.templateArguments", Map.of("messages", BooleanNode.FALSE));
        assertThatThrownBy(() -> format(REASONS)).hasMessageContaining("this variable is set automatically");
        spec.set("dataset.template: question");
        assertThatThrownBy(() -> format(REASONS))
                .hasMessage("dataset.templateArguments: only a model's own chat template has arguments, but a built-in"
                        + " layout is in use. Remove them, or set dataset.template to auto.");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNASKED, OPENS})
    void anotherProgramAsksTheSameWithTheServedTemplate(String template) throws IOException {
        ChatFormat format = format(template);
        assertThat(format.notes()).isNotEmpty();
        List<Conversation> talks = List.of(talk(QUESTION), talk(QUESTION, ANSWER, new Message(Role.USER, "Why?")));
        List<int[]> prompts = talks.stream().map(format::prompt).toList();
        String served = format.servedTemplate().orElseThrow();

        ChatFormat again = format(served);
        assertThat(again.servedTemplate()).isEmpty();
        for (int i = 0; i < talks.size(); i++) {
            assertThat(again.prompt(talks.get(i))).isEqualTo(prompts.get(i));
        }
        assertThat(format(CHATML).servedTemplate()).isEmpty();
    }

    @Test
    void reasoningThatATemplateLeavesOutIsLearntAsTheRowWritesIt() throws IOException {
        ChatFormat format = format(OPENS);
        assertThat(learnt(format, talk(QUESTION, new Message(Role.ASSISTANT, "<think>\nhm\n</think>\n\nYes."))))
                .containsExactly("Is it hot?<|im_start|>|<think>\nhm\n</think>\n\nYes.<|im_end|>");
        assertThatThrownBy(() -> format.encode(talk(QUESTION, reasoned("hm", "Yes."))))
                .hasMessage("the model's chat template (" + model.resolve("chat_template.jinja")
                        + ") does not write the reasoning of"
                        + " an answer, so the model would never see it. Write it into the answer itself, between"
                        + " <think> and </think>, or leave it out.");
    }

    @Test
    void contentsAreGivenAsPartsToATemplateThatWalksThroughThem() throws IOException {
        ChatFormat format = format(LOOP + "<|im_start|>{{ m.role }}\n{% for p in m.content %}{% if p.type == 'text' %}"
                + "{{ p.text }}{% endif %}{% endfor %}<|im_end|>\n" + ASK + "<|im_start|>assistant\n{% endif %}");
        assertThat(learnt(format, talk(QUESTION, ANSWER)))
                .containsExactly("<|im_start|>user\nIs it hot?<|im_end|>\n<|im_start|>assistant\n|Yes.<|im_end|>");
    }

    @Test
    void aTemplateThatWritesNoAnswerIsRefused() {
        assertThatThrownBy(() -> format(LOOP + "{{ m.role }}" + ASK + "x{% endif %}"))
                .hasMessage(model.resolve("chat_template.jinja")
                        + ": the chat template does not write the text of an answer,"
                        + " neither as a text nor as a list of parts, so the model could not learn from it. Set"
                        + " dataset.template to a built-in layout.");
    }

    @Test
    void whatATemplatePassesOverIsRefused() throws IOException {
        ChatFormat format =
                format(LOOP + "{% if m.role != 'system' %}{{ m.content }}<|im_end|>{% endif %}" + ASK + "A{% endif %}");
        Message system = new Message(Role.SYSTEM, "Be brief.");
        assertThatThrownBy(() -> format.encode(talk(system, QUESTION, ANSWER)))
                .hasMessage(
                        "the model's chat template (" + model.resolve("chat_template.jinja") + ") does not write system"
                                + " messages, so the model would never see them. Put them into the prompts, or choose a model"
                                + " whose template writes them.");
        assertThatThrownBy(() -> format.prompt(talk(system, QUESTION)))
                .hasMessageContaining("does not write system messages");
        assertThat(format.encode(talk(new Message(Role.SYSTEM, ""), QUESTION, ANSWER)))
                .hasSize(1);
        assertThatThrownBy(() -> format.encode(new Conversation(List.of(QUESTION, ANSWER), TemplateCoverage.tool())))
                .hasMessageContaining("does not write tools");
        Message call = new Message(
                Role.ASSISTANT,
                "",
                JSON.readTree("{\"tool_calls\": [{\"function\": {\"name\": \"f\", \"arguments\": {}}}]}"));
        assertThatThrownBy(() -> format.encode(talk(QUESTION, call))).hasMessageContaining("does not write tool calls");
    }

    @Test
    void anEndThatIsNoTokenIsNotTakenForOne() throws IOException {
        ChatFormat format = format(LOOP + "{{ m.role }}: {{ m.content }}\n### done\n" + ASK + "assistant: {% endif %}");
        assertThat(text(new int[] {format.endTokenId()})).isEqualTo("</s>");
        assertThat(format.notes())
                .contains("The model's chat template does not write a token after an answer. Answers will end with"
                        + " \"</s>\". Set dataset.endToken if the model has a better one.");
        assertThat(learnt(format, talk(QUESTION, ANSWER)).get(0)).endsWith("Yes.</s>");
    }

    @Test
    void eachAnswerIsLearntAsItIsServedWhereATemplateRewritesEarlierTurns() throws IOException {
        ChatFormat format = format(LOOP
                + "<|im_start|>{{ m.role }}\n{% if m.role == 'assistant' and not loop.last %}(gone){% else %}"
                + "{{ m.content }}{% endif %}<|im_end|>\n" + ASK + "<|im_start|>assistant\n{% endif %}");
        Conversation conversation =
                talk(QUESTION, ANSWER, new Message(Role.USER, "Why?"), new Message(Role.ASSISTANT, "Sun."));
        assertThat(learnt(format, conversation))
                .containsExactly(
                        "<|im_start|>user\nIs it hot?<|im_end|>\n<|im_start|>assistant\n|Yes.<|im_end|>",
                        "<|im_start|>user\nIs it hot?<|im_end|>\n<|im_start|>assistant\n(gone)<|im_end|>\n"
                                + "<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n|Sun.<|im_end|>");
        spec.set("dataset.learn: last-answer");
        assertThat(ChatFormat.of(spec.dataset(), model, tokenizer, List.of()).encode(conversation))
                .hasSize(1);
    }

    @Test
    void anAnswerOfWeightZeroIsReadButNotLearnt() throws IOException {
        Conversation conversation = talk(
                QUESTION, ANSWER.learnt(false), new Message(Role.USER, "Why?"), new Message(Role.ASSISTANT, "Sun."));
        assertThat(learnt(format(CHATML), conversation))
                .singleElement()
                .asString()
                .contains("Yes.<|im_end|>\n<|im_start|>user")
                .endsWith("|Sun.<|im_end|>");
        assertThatThrownBy(() -> format(CHATML).encode(talk(QUESTION, ANSWER.learnt(false))))
                .hasMessageStartingWith(
                        "nothing to learn: there is no answer of the assistant with a weight other than 0 in");
    }

    @Test
    void aRefusalNamesTheTemplateAndItsLine() throws IOException {
        ChatFormat format = format(LOOP + "\n{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
                + "{{ m.content }}</s>{% endfor %}");
        assertThatThrownBy(() -> format.encode(talk(new Message(Role.SYSTEM, "Be brief."), QUESTION, ANSWER)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(model.resolve("chat_template.jinja")
                        + ": the chat template rejects this conversation, line 2: no system.");
    }

    @Test
    void toolsAndTheirCallsAreThoseOfTransformers() throws IOException {
        JsonNode golden = JSON.readTree(
                        TestModels.resource("/templates/cases.json").toFile())
                .path("chat");
        JsonNode tools = golden.path("tools");
        Conversation calls = new Conversation(
                ConversationJson.messages("row", tools.path("row").path("messages")),
                ConversationJson.tools("row", tools.path("row").path("tools")));
        ChatFormat format = format(tools.path("template").asText());
        int[] whole = ids(tools.path("ids"));
        TokenSequence encoded = format.encode(calls).get(0).tokens();

        assertThat(encoded.ids()).isEqualTo(Arrays.copyOf(whole, encoded.length()));
        String learnt = encoded.supervised().stream()
                .mapToObj(i -> text(new int[] {encoded.ids()[i]}))
                .collect(Collectors.joining());
        assertThat(learnt)
                .isEqualTo(
                        "<call>{\"name\": \"depth\", \"arguments\": {\"of\": \"river\", \"n\": 1.5}}</call><|im_end|>"
                                + "seven stones<|im_end|>"
                                + "<call>{\"name\": \"depth\", \"arguments\": {}}</call><|im_end|>");
        assertThat(format.prompt(calls.upTo(3))).isEqualTo(ids(tools.path("prompt")));
        assertThat(format.expected(calls)).isEqualTo("<call>{\"name\": \"depth\", \"arguments\": {}}</call>");
    }

    private static int[] ids(JsonNode list) {
        int[] ids = new int[list.size()];
        Arrays.setAll(ids, i -> list.get(i).asInt());
        return ids;
    }
}
