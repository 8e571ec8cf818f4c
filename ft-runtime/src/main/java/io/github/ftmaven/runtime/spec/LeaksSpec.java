package io.github.ftmaven.runtime.spec;

/** What counts as a leak from the test or validation files into training. */
public record LeaksSpec(
        @Doc("What happens to training examples whose prompt is also in the test or validation files.")
        Overlap overlap,

        @Doc("When two rows ask the same question: normalized ignores case, white space, invisible characters,"
                + " punctuation at the end and forms of Unicode; exact ignores only white space at both ends.")
        Sameness sameQuestion) {}
