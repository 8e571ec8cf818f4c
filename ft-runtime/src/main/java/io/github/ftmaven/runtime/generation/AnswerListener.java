package io.github.ftmaven.runtime.generation;

import org.jspecify.annotations.Nullable;

/** Receives the progress of answering. */
@FunctionalInterface
public interface AnswerListener {
    /**
     * After each batch, or some.
     *
     * @param answered prompts answered so far
     * @param tokens tokens read and written so far; null where other processes answer
     */
    void onBatch(int answered, @Nullable Long tokens);
}
