package io.github.ftmaven.runtime.training;

/** Told how training goes, and asked whether it should. */
public interface TrainingListener {
    /** After each optimizer step. */
    void onStep(StepReport report);

    /** What a user should know. */
    void onMessage(String text);

    /** Asked after each step; if true, training saves a checkpoint and returns. */
    boolean stopRequested();
}
