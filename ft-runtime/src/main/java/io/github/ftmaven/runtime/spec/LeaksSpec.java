package io.github.ftmaven.runtime.spec;

/** What counts as a leak from the test or validation files into training. */
public record LeaksSpec(
        @Doc("What to do with training examples whose prompt is also in the test or validation files.")
        Overlap overlap,

        @Doc("Which rows count as the same question: normalized ignores case, white space, invisible characters,"
                + " trailing punctuation and Unicode form; exact ignores only white space at both ends.")
        Sameness sameQuestion) {}
