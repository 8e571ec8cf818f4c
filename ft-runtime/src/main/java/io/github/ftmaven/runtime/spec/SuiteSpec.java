package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** A promptfoo configuration that the evaluation runs. */
public record SuiteSpec(
        @Doc("A promptfoo configuration to run; the share of tests that pass is the metric pass-rate.") @Nullable
        String suite,

        @Doc("Whether to read the suite as leniently as promptfoo, which accepts"
                + " unknown keys and tests without assertions.")
        boolean lenient,

        @Doc("The model that grades assertions without a grader of their own.") @Nullable
        Judge judge) {}
