package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final List<Message> TALK = List.of(
            new Message(Role.SYSTEM, "Be brief."),
            new Message(Role.USER, "\nWhere is {}? "),
            new Message(Role.ASSISTANT, " There. "),
            new Message(Role.USER, "And now?"));

    @Test
    void laysOutPlainly() {
        assertThat(Layout.PLAIN.turns(TALK))
                .containsExactly(
                        new Layout.Turn("Be brief.\n\nWhere is {}?\n", "There."),
                        new Layout.Turn("\n\nAnd now?\n", null));
    }

    @Test
    void laysOutQuestions() {
        assertThat(Layout.QUESTION.turns(TALK))
                .containsExactly(
                        new Layout.Turn("Be brief.\n\nQuestion: Where is {}?\nAnswer:", " There."),
                        new Layout.Turn("\n\nQuestion: And now?\nAnswer:", null));
    }

    @Test
    void laysOutAlpaca() {
        assertThat(Layout.ALPACA.turns(TALK))
                .containsExactly(
                        new Layout.Turn("Be brief.\n\n### Instruction:\nWhere is {}?\n\n### Response:\n", "There."),
                        new Layout.Turn("\n\n### Instruction:\nAnd now?\n\n### Response:\n", null));
    }

    @Test
    void laysOutChatMl() {
        assertThat(Layout.CHATML.turns(TALK))
                .containsExactly(
                        new Layout.Turn("""
                                <|im_start|>system
                                Be brief.<|im_end|>
                                <|im_start|>user
                                Where is {}?<|im_end|>
                                <|im_start|>assistant
                                """, "There."),
                        new Layout.Turn("\n<|im_start|>user\nAnd now?<|im_end|>\n<|im_start|>assistant\n", null));
    }

    @Test
    void leavesRawTextAlone() {
        assertThat(Layout.RAW.turns(TALK.subList(1, 3)))
                .containsExactly(new Layout.Turn("\nWhere is {}? ", " There. "));
        assertThat(Layout.RAW.turns(List.of(new Message(Role.ASSISTANT, "text "))))
                .containsExactly(new Layout.Turn("", "text "));
        assertThat(Layout.RAW.turns(List.of())).containsExactly(new Layout.Turn("", null));
    }

    @Test
    void fallsBackToPlain(@TempDir Path model) throws IOException {
        assertThat(Layout.of(Template.AUTO, model)).isEqualTo(Layout.PLAIN);
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"chat_template\": null}");
        assertThat(Layout.of(Template.AUTO, model)).isEqualTo(Layout.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"{{ messages }}\"", "[{\"name\": \"default\", \"template\": \"{{ messages }}\"}]"})
    void refusesToGuessAtATemplate(String template, @TempDir Path model) throws IOException {
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"chat_template\": " + template + "}");
        assertThatThrownBy(() -> Layout.of(Template.AUTO, model))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its own chat template (tokenizer_config.json)")
                .hasMessageContaining("Name a built-in one");
        assertThat(Layout.of(Template.CHATML, model)).isEqualTo(Layout.CHATML);
    }

    @Test
    void seesATemplateInItsOwnFile(@TempDir Path model) throws IOException {
        Files.writeString(model.resolve("chat_template.jinja"), "{{ messages }}");
        assertThatThrownBy(() -> Layout.of(Template.AUTO, model)).hasMessageContaining("(chat_template.jinja)");
    }
}
