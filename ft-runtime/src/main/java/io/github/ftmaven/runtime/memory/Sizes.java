package io.github.ftmaven.runtime.memory;

import org.jspecify.annotations.Nullable;

/**
 * How long the sequences of a fine-tune are.
 *
 * @param longest tokens of the longest training example
 * @param questions of the test
 * @param work of one epoch; null where the examples were not read yet
 * @param rows training examples; 0 where they were not read yet
 * @param source where these numbers are from, in words
 */
public record Sizes(
        long longest,
        EvaluationMemory.Questions questions,
        @Nullable Work work,
        long rows,
        String source) {}
