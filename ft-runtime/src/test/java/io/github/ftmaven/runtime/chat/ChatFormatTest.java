package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatFormatTest {
    private static final List<Message> TALK = List.of(
            new Message(Role.SYSTEM, "Name the intent."),
            new Message(Role.USER, "Where is my card?"),
            new Message(Role.ASSISTANT, "card arrival"),
            new Message(Role.USER, "Why was it declined?"),
            new Message(Role.ASSISTANT, "declined payment"));

    private static Tokenizer bytes;
    private static Tokenizer words;

    @BeforeAll
    static void load() {
        bytes = Tokenizer.load(Fixtures.tokenizer("bytes"));
        words = Tokenizer.load(Fixtures.tokenizer("words"));
    }

    @AfterAll
    static void close() {
        bytes.close();
        words.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TemplateChoice.class,
            names = {"PLAIN", "QUESTION", "ALPACA", "CHATML", "RAW"})
    void trainsOnWhatItServes(TemplateChoice template) {
        for (Tokenizer tokenizer : List.of(bytes, words)) {
            if (template == TemplateChoice.CHATML && tokenizer == words) {
                continue;
            }
            ChatFormat format = format(template, tokenizer);
            TokenSequence learnt = one(format, TALK).tokens();
            int[] first = format.prompt(new Conversation(TALK.subList(0, 2)));
            int[] second = format.prompt(new Conversation(TALK.subList(0, 4)));

            assertThat(learnt.ids()).startsWith(second).startsWith(first).endsWith(format.endTokenId());
            assertThat(format.answer(from(learnt.ids(), second.length))).isEqualTo("declined payment");
            assertThat(format.answer(from(learnt.ids(), first.length))).isEqualTo("card arrival");
            // Supervised: the first answer with its end token, then the second with its.
            int firstEnd = learnt.supervised().nextClearBit(first.length);
            assertThat(learnt.supervised().nextSetBit(0)).isEqualTo(first.length);
            assertThat(learnt.ids()[firstEnd - 1]).isEqualTo(format.endTokenId());
            assertThat(learnt.supervised().nextSetBit(firstEnd)).isEqualTo(second.length);
            assertThat(learnt.supervised().nextClearBit(second.length)).isEqualTo(learnt.length());
        }
    }

    @Test
    void encodesOneTurnAsTheReferenceDoes() {
        ChatFormat format = format(TemplateChoice.QUESTION, words);
        EncodedConversation encoded = one(format, TALK.subList(1, 3));
        // "words" puts <s> before and </s> after, and its </s> is the end token.
        assertThat(encoded.tokens().ids())
                .isEqualTo(words.encode("Question: Where is my card?\nAnswer: card arrival", true));
        assertThat(encoded.separateAnswers()).isZero();
        assertThat(encoded.answerLength()).isEqualTo(encoded.tokens().supervisedCount());
    }

    @Test
    void keepsTheBorderWhereATokenWouldCrossIt() {
        List<Message> talk = List.of(new Message(Role.USER, "Where is my ca"), new Message(Role.ASSISTANT, "rd?"));
        for (Tokenizer tokenizer : List.of(bytes, words)) {
            ChatFormat format = format(TemplateChoice.RAW, tokenizer);
            EncodedConversation encoded = one(format, talk);
            assertThat(encoded.separateAnswers()).isEqualTo(1);
            assertThat(encoded.tokens().ids()).startsWith(format.prompt(new Conversation(talk.subList(0, 1))));
            assertThat(encoded.answerStart()).isEqualTo(format.prompt(new Conversation(talk.subList(0, 1))).length);
            // No space has crept in at the border.
            assertThat(tokenizer.decode(encoded.tokens().ids(), true)).isEqualTo("Where is my card?");
        }
    }

    @Test
    void encodesSeveralTurnsAsOneText() {
        int[] ids = one(format(TemplateChoice.PLAIN, words), TALK).tokens().ids();
        // "words" puts </s> behind a text, where the last answer's own is.
        assertThat(ids)
                .isEqualTo(words.encode(
                        "Name the intent.\n\nWhere is my card?\ncard arrival</s>\n\nWhy was it declined?\ndeclined payment",
                        true));
    }

    @Test
    void learnsAWholeTextButItsFirstToken() {
        List<Message> text = List.of(new Message(Role.ASSISTANT, "my card was lost"));
        TokenSequence withBeginning =
                one(format(TemplateChoice.RAW, words), text).tokens();
        assertThat(withBeginning.ids()).isEqualTo(words.encode("my card was lost", true));
        assertThat(withBeginning.supervisedCount()).isEqualTo(withBeginning.length() - 1);

        TokenSequence without = one(format(TemplateChoice.RAW, bytes), text).tokens();
        assertThat(without.length()).isEqualTo(bytes.encode("my card was lost", false).length + 1);
        assertThat(without.supervised().get(0)).isFalse();
        assertThat(without.supervisedCount()).isEqualTo(without.length() - 1);
    }

    @Test
    void choosesTheEndToken() {
        assertThat(format(TemplateChoice.QUESTION, words).endTokenId()).isEqualTo(2);
        assertThat(format(TemplateChoice.CHATML, bytes).endTokenId()).isEqualTo(362);
        TestSpec named = new TestSpec();
        named.put("dataset.endToken", "<s>");
        assertThat(ChatFormat.of(named.dataset(), Fixtures.tokenizer("words"), words, List.of())
                        .endTokenId())
                .isEqualTo(1);
        named.put("dataset.endToken", "<|endoftxt|>");
        assertThatThrownBy(() -> ChatFormat.of(named.dataset(), Fixtures.tokenizer("bytes"), bytes, List.of()))
                .hasMessage(
                        "dataset.endToken: the tokenizer has no token '<|endoftxt|>'. Did you mean '<|endoftext|>'?");
    }

    @Test
    void refusesChatMlWithoutItsMarks() {
        assertThatThrownBy(() -> format(TemplateChoice.CHATML, words))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("chatml needs the token <|im_start|>");
    }

    @Test
    void refusesAnAnswerThatWouldBeCut() {
        ChatFormat format = format(TemplateChoice.QUESTION, words);
        assertThatThrownBy(() -> format.encode(new Conversation(
                        List.of(new Message(Role.USER, "Why?"), new Message(Role.ASSISTANT, "Because</s> of that")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the answer contains the end token")
                .hasMessageContaining("\"Because</s> of that\"");
    }

    @Test
    void showsWhatItCannotLearnFrom() {
        assertThatThrownBy(() -> format(TemplateChoice.QUESTION, words).encode(new Conversation(TALK.subList(1, 2))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("nothing to learn: there is no answer of the assistant in"
                        + " \"Question: Where is my card?\\nAnswer:\"");
    }

    /** Not even the half of a secret that a cut leaves. */
    @Test
    void showsNoSecretOfARow() {
        String text = "x".repeat(190) + " ada.lovelace@analytical.example";
        assertThatThrownBy(() -> format(TemplateChoice.QUESTION, words)
                        .encode(new Conversation(List.of(new Message(Role.USER, text)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nothing to learn")
                .message()
                .doesNotContain("ada");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cutsAnAnswerAtItsEnd(boolean ended) {
        ChatFormat format = format(TemplateChoice.QUESTION, words);
        int[] answer = words.encode("  card lost \n", false);
        int[] generated = Arrays.copyOf(answer, answer.length + (ended ? 2 : 0));
        if (ended) {
            generated[answer.length] = format.endTokenId();
            generated[answer.length + 1] = answer[answer.length - 2];
        }
        assertThat(format.answer(generated)).isEqualTo("card lost");
        assertThat(format.answer(new int[] {format.endTokenId()})).isEmpty();
        assertThat(format.answer(new int[0])).isEmpty();
    }

    @Test
    void aBuiltInLayoutHasNoPlaceForTools() {
        assertThatThrownBy(() -> format(TemplateChoice.QUESTION, words)
                        .encode(new Conversation(TALK, JsonNodeFactory.instance.arrayNode())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the layout question does not support tools. Train a model whose own chat template does,"
                        + " with dataset.template: auto.");
    }

    @Test
    void learnsTheLastAnswerOnlyOnRequest() {
        TestSpec spec = new TestSpec();
        spec.set("dataset.template: question");
        List<Message> talk = List.of(
                new Message(Role.USER, "Where is my card?"),
                new Message(Role.ASSISTANT, "card lost"),
                new Message(Role.USER, "Where is my card?"),
                new Message(Role.ASSISTANT, "card"));
        TokenSequence every = one(ChatFormat.of(spec.dataset(), Fixtures.tokenizer("words"), words, List.of()), talk)
                .tokens();
        spec.set("dataset.learn: last-answer");
        TokenSequence last = one(ChatFormat.of(spec.dataset(), Fixtures.tokenizer("words"), words, List.of()), talk)
                .tokens();
        assertThat(last.ids()).isEqualTo(every.ids());
        assertThat(last.supervisedCount()).isPositive().isLessThan(every.supervisedCount());
        int first = last.supervised().nextSetBit(0);
        assertThat(words.decode(from(last.ids(), first), true).strip()).isEqualTo("card");
    }

    /** A conversation that is one sequence. */
    private static EncodedConversation one(ChatFormat format, List<Message> messages) {
        List<EncodedConversation> encoded = format.encode(new Conversation(messages));
        assertThat(encoded).hasSize(1);
        return encoded.get(0);
    }

    private static ChatFormat format(TemplateChoice template, Tokenizer tokenizer) {
        TestSpec spec = new TestSpec();
        spec.put("dataset.template", template);
        Path directory = Fixtures.tokenizer(tokenizer == bytes ? "bytes" : "words");
        return ChatFormat.of(spec.dataset(), directory, tokenizer, List.of());
    }

    private static int[] from(int[] ids, int start) {
        return Arrays.copyOfRange(ids, start, ids.length);
    }
}
