package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** What other machines and services do for a build. */
public record OutsideSpec(
        @Doc("Answers that ft:distill asks a larger model for.") @Nullable
        DistillSpec distill,

        @Doc(
                "Other places where the training can run, and the evaluation. training.runner and evaluation.runner choose one.")
        @Nullable
        RunnerSpec runner) {}
