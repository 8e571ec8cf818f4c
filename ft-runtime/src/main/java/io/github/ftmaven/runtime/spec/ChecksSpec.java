package io.github.ftmaven.runtime.spec;

/** The checks of the dataset. */
public record ChecksSpec(
        @Inline RepeatChecks repeats,
        @Inline LabelChecks labels,
        @Inline AnswerChecks answers,
        @Inline TextChecks texts,

        @Doc("Fewer training rows than the method needs: 50 for lora and dora, 500 for full.")
        CheckLevel fewExamples) {}
