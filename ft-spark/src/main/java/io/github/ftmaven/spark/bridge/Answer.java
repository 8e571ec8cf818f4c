package io.github.ftmaven.spark.bridge;

import java.io.Serializable;
import java.util.List;

/**
 * A worker's answer.
 *
 * @param kind whether the task was done
 * @param message why it was not
 * @param values what it computed, in parts that only the engine understands; a list that Java can serialize
 */
public record Answer(Kind kind, String message, List<byte[]> values) implements Serializable {
    /** Kinds of answers. */
    public enum Kind {
        /** The task was done. */
        DONE,
        /** The task does not fit into memory. */
        OUT_OF_MEMORY,
        /** Something that the user supplied is wrong. */
        WRONG_INPUT
    }
}
