package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Baseline;
import io.github.ftmaven.runtime.spec.Select;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownExamplesTest {
    private static final List<Example> TRAIN = List.of(
            example("My card has not arrived", "card arrival"),
            example("How do I top up by cheque?", "top up"),
            example("Why was my transfer declined?", "declined transfer"),
            example("The card machine took my card", "card swallowed"));

    @Test
    void theSeedAloneDrawsTheSameForEveryQuestion() {
        List<Example> shuffled = new ArrayList<>(TRAIN);
        Collections.reverse(shuffled);
        try (ShownExamples drawn = ShownExamples.of(TRAIN, 7, fewShot(2, Select.RANDOM));
                ShownExamples again = ShownExamples.of(shuffled, 7, fewShot(2, Select.RANDOM))) {
            assertThat(drawn.before("card"))
                    .hasSize(2)
                    .isEqualTo(drawn.before("top"))
                    .isEqualTo(again.before("card"));
        }
        assertThat(List.of(1L, 2L, 3L, 4L, 5L, 6L).stream()
                        .map(seed -> {
                            try (ShownExamples drawn = ShownExamples.of(TRAIN, seed, fewShot(1, Select.RANDOM))) {
                                return drawn.before("");
                            }
                        })
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void theNearestStandsNextToTheQuestion() {
        try (ShownExamples nearest = ShownExamples.of(TRAIN, 7, fewShot(2, Select.NEAREST))) {
            assertThat(nearest.before("has my card arrived?")).last().isEqualTo(TRAIN.get(0));
            assertThat(nearest.before("a top up by cheque")).last().isEqualTo(TRAIN.get(1));
        }
    }

    @Test
    void whereTooFewAreAlikeTheRestIsDrawn() {
        try (ShownExamples nearest = ShownExamples.of(TRAIN, 7, fewShot(3, Select.NEAREST))) {
            assertThat(nearest.before("declined"))
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .last()
                    .isEqualTo(TRAIN.get(2));
            assertThat(nearest.before("xylophone")).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> ShownExamples.of(TRAIN, 7, fewShot(5, Select.NEAREST)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("evaluation.baselines: fewShot is 5, but there are only 4 training examples to show.");
    }

    private static Baseline fewShot(int count, Select select) {
        return new Baseline(null, count, select, null);
    }

    private static Example example(String question, String answer) {
        return new Example(question, List.of(new Message(Role.USER, question), new Message(Role.ASSISTANT, answer)));
    }
}
