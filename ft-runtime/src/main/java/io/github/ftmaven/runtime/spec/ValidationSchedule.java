package io.github.ftmaven.runtime.spec;

/** When training measures the held-out rows, and when it stops for them. */
public record ValidationSchedule(
        @Doc("Optimizer steps between validations; 0 for once an epoch.") @Bounds(min = 0)
        int validateEvery,

        @Doc("Validations without improvement before training stops; 0 for never.") @Bounds(min = 0)
        int earlyStopping) {}
