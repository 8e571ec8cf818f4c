package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** How it is trained, and by whom. */
public record LearningSpec(
        @Doc("How it is trained.") TrainingSpec training,
        @Doc("The settings of training.runner.") @Nullable
        RunnerSpec runner) {}
