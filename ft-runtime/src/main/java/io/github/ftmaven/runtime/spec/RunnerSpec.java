package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** The settings of those who train elsewhere. */
public record RunnerSpec(
        @Doc("The cluster of training.runner: spark.") @Nullable
        SparkSpec spark) {}
