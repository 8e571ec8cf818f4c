package io.github.ftmaven.runtime.hosted;

import org.jspecify.annotations.Nullable;

/**
 * A job as its service describes it.
 *
 * @param status in the service's word
 * @param message what the service says of a failure; empty for nothing
 * @param step the optimizer steps done; 0 if the service does not say
 * @param steps the optimizer steps planned; 0 if the service does not say
 * @param secondsLeft null if the service does not say
 * @param tokens the tokens trained; null if the service does not say
 */
record HostedJob(
        String id,
        State state,
        String status,
        String message,
        long step,
        long steps,
        @Nullable Double secondsLeft,
        @Nullable Long tokens) {
    /** What a status means. A status that is not known does not end a job. */
    enum State {
        UNFINISHED,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /** Whether it is running, or has what it was created for. */
    boolean isOfUse() {
        return state == State.UNFINISHED || state == State.SUCCEEDED;
    }
}
