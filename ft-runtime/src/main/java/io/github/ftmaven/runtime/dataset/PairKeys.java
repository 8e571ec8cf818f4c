package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.spec.RowColumns;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys or columns of a question and its answer.
 *
 * @param input the key of an extra input; null for none
 */
record PairKeys(String prompt, @Nullable String input, String completion) {
    /** The default keys. */
    static final PairKeys OWN = new PairKeys("prompt", null, "completion");

    /** The keys of Alpaca's dataset. */
    static final PairKeys ALPACA = new PairKeys("instruction", "input", "output");

    static PairKeys of(RowColumns columns) {
        return new PairKeys(columns.prompt(), columns.input(), columns.completion());
    }

    List<String> names() {
        return Stream.of(prompt, input, completion).filter(Objects::nonNull).toList();
    }

    /** A question and its input in Alpaca's layout; an empty input adds nothing. */
    static String question(String prompt, String input, TemplateChoice layout) {
        if (input.isBlank()) {
            return prompt;
        }
        return prompt + (layout == TemplateChoice.ALPACA ? "\n\n### Input:\n" : "\n\n") + input;
    }
}
