package io.github.ftmaven.runtime.spec;

/** Checks that compare rows with each other. */
public record ChecksOfRepeats(
        @Doc("Training rows that repeat an earlier one, and test rows that repeat an earlier question.")
        CheckLevel exactDuplicates,

        @Doc("Training questions that are nearly an earlier one: 80 % of their runs of five characters are the same.")
        CheckLevel nearDuplicates,

        @Doc("Test questions, and those of validation files, that are nearly a training question.")
        CheckLevel nearLeaks,

        @Doc("Questions with more than one answer.") CheckLevel conflictingAnswers) {}
