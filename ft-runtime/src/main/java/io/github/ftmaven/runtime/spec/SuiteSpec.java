package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** A promptfoo configuration among what is measured. */
public record SuiteSpec(
        @Doc("A promptfoo configuration to run; its share of passed tests is the metric pass-rate.") @Nullable
        String suite,

        @Doc("Whether to read the suite as promptfoo does, silent about unknown keys and tests without assertions.")
        boolean lenient,

        @Doc("The model that grades assertions without a grader of their own.") @Nullable
        Judge judge) {}
