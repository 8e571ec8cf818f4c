package io.github.ftmaven.runtime.completions;

/** Follows how a model is asked. */
public interface InterviewListener {
    /** Some of all questions were asked. */
    void onAnswer(int done, int total);
}
