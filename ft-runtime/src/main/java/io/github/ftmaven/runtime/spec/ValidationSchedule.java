package io.github.ftmaven.runtime.spec;

/** When training measures the validation rows, and when that stops it early. */
public record ValidationSchedule(
        @Doc("Optimizer steps between validations; 0 validates once per epoch.") @Bounds(min = 0)
        int validateEvery,

        @Doc("How many validations without improvement stop the training; 0 never stops it.") @Bounds(min = 0)
        int earlyStopping) {}
