package io.github.ftmaven.runtime.spec;

/** Where an evaluation asks its models. The scores are the same. */
public enum EvaluationRunner {
    /** A process on this machine. */
    LOCAL,
    /** A cluster of Spark. */
    SPARK
}
