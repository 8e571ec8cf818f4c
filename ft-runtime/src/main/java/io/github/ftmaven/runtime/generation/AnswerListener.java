package io.github.ftmaven.runtime.generation;

/** Receives the progress of answering. */
@FunctionalInterface
public interface AnswerListener {
    /**
     * After each batch.
     *
     * @param answered prompts answered so far
     * @param tokens tokens read and written so far
     */
    void onBatch(int answered, long tokens);
}
