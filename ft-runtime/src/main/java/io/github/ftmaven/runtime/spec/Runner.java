package io.github.ftmaven.runtime.spec;

/** Where a training runs. What it leaves is checked and used in the same way. */
public enum Runner {
    /** A process on this machine. */
    LOCAL,
    /** A cluster of Spark, with the same bytes as on one machine. */
    SPARK,
    /** Another machine, by a command. */
    COMMAND,
    /** Together's service. */
    TOGETHER,
    /** A service that speaks OpenAI's protocol. */
    OPENAI;

    /** Whether a service trains, by its own program. */
    public boolean isHosted() {
        return this == TOGETHER || this == OPENAI;
    }
}
