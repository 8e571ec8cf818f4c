package io.github.ftmaven.runtime.spec;

/** The checks of the dataset. */
public record ChecksSpec(
        @Inline ChecksOfRepeats repeats,
        @Inline ChecksOfLabels labels,
        @Inline ChecksOfAnswers answers,
        @Inline ChecksOfTexts texts,

        @Doc("Fewer training rows than the method needs: 50 for lora and dora, 500 for full.")
        CheckLevel fewExamples) {}
