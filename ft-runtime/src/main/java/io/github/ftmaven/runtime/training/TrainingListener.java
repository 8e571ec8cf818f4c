package io.github.ftmaven.runtime.training;

/** Receives the progress of training, and decides whether to stop it. */
public interface TrainingListener {
    /**
     * Before the first step of this run.
     *
     * @param step steps done by an interrupted run; 0 if there was none
     */
    void onStart(int step);

    /** After each optimizer step. */
    void onStep(StepReport report);

    /** Information for the user. */
    void onMessage(String text);

    /** A warning for the user. */
    void onWarning(String text);

    /**
     * Called after each step, and before those of a round; if it returns true, training saves a checkpoint and returns. A
     * round that is not complete is not in it.
     */
    boolean stopRequested();
}
