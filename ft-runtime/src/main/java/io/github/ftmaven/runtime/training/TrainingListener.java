package io.github.ftmaven.runtime.training;

/** Told how training goes, and asked whether it should. */
public interface TrainingListener {
    /**
     * Before the first step of this run.
     *
     * @param step steps done by an interrupted run; 0 if there was none
     */
    void onStart(int step);

    /** After each optimizer step. */
    void onStep(StepReport report);

    /** What a user should know. */
    void onMessage(String text);

    /** What a user should look at. */
    void onWarning(String text);

    /** Asked after each step; if true, training saves a checkpoint and returns. */
    boolean stopRequested();
}
