package io.github.ftmaven.runtime.spec;

import java.util.List;

/** Prompts without answers, and the teacher that answers them. */
public record DistillSpec(
        @Doc("The files or globs of rows that have no answer yet, relative to the spec.") @Paths
        List<String> prompts,

        @Doc("The file for the answered rows, in JSON lines, relative to the spec. Name it in dataset.train too.")
        String output,

        @Doc("The model that answers.") TeacherSpec teacher,
        @Inline BudgetSpec budget,
        @Inline AskingSpec asking) {

    public DistillSpec {
        prompts = List.copyOf(prompts);
    }
}
