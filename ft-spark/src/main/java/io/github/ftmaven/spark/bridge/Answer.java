package io.github.ftmaven.spark.bridge;

import java.io.Serializable;
import java.util.List;

/**
 * A worker's answer.
 *
 * @param kind whether it is a gradient
 * @param message why it is none
 * @param loss of the micro-batch
 * @param values of the gradient, in parts; a list that Java can serialize
 */
public record Answer(Kind kind, String message, double loss, List<byte[]> values) implements Serializable {
    /** Kinds of answers. */
    public enum Kind {
        /** A gradient. */
        GRADIENT,
        /** The micro-batch does not fit into memory. */
        OUT_OF_MEMORY,
        /** Something that the user supplied is wrong. */
        WRONG_INPUT
    }
}
