package io.github.ftmaven.runtime.spec;

/** What an interrupted build does with its job at a service. */
public enum OnStop {
    /** The job goes on, and the next build joins it. */
    LEAVE,
    /** The job is canceled. */
    CANCEL
}
