package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** What keeps training apart from validation and test. */
public record LeaksSpec(
        @Doc("How rows are drawn where dataset.test or dataset.validation is a fraction of train.") @Nullable
        SplitSpec split,

        @Doc("What to do with training examples whose prompt is also in the test or validation files.")
        Overlap overlap,

        @Doc("Which rows count as the same question: normalized ignores case, white space, invisible characters,"
                + " trailing punctuation and Unicode form; exact ignores only white space at both ends.")
        Sameness sameQuestion) {}
