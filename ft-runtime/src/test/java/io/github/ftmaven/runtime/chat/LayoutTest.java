package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
