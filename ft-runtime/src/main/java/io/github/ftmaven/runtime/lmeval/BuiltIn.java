package io.github.ftmaven.runtime.lmeval;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reimplemented function of lm-eval's own tasks. An incomplete row causes an {@link IllegalArgumentException}. */
sealed interface BuiltIn {
    /**
     * A {@code process_docs}.
     *
     * @param row transforms a row; null omits it
     */
    record Docs(Function<Map<Object, Object>, @Nullable Map<Object, Object>> row) implements BuiltIn {}

    /** A {@code doc_to_text}, {@code doc_to_target} or {@code doc_to_choice}. */
    record Value(Function<Map<Object, Object>, Object> of) implements BuiltIn {}

    /** An {@code aggregation} of the metric f1. */
    record Aggregated(MetricKind kind) implements BuiltIn {}

    /** A {@code process_results}. */
    enum Results implements BuiltIn {
        /** Words and bytes are those of the column {@code page}, before its conversion to text. */
        WIKITEXT,

        /** The probability of the choices whose {@code mc2_targets.labels} is 1. */
        TRUTHFULQA_MC2;

        /** The metric that it computes. */
        List<MetricKind> metrics() {
            return this == WIKITEXT
                    ? List.of(MetricKind.WORD_PERPLEXITY, MetricKind.BYTE_PERPLEXITY, MetricKind.BITS_PER_BYTE)
                    : List.of(MetricKind.ACC);
        }
    }
}
