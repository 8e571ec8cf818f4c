package io.github.ftmaven.runtime.distill;

/** Follows how a teacher is asked. */
public interface InterviewListener {
    /** Some of all questions were asked. */
    void onAnswer(int done, int total);
}
