package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.spec.Schedule;

/**
 * The learning rate of each optimizer step: a linear increase during the warm-up, then the schedule's decay towards 0.
 *
 * @param peak the highest rate
 * @param warmup the number of warm-up steps
 * @param steps the total number of steps
 */
record LearningRate(Schedule schedule, double peak, int warmup, int steps) {
    static LearningRate of(Schedule schedule, double peak, double warmupFraction, int steps) {
        return new LearningRate(schedule, peak, (int) Math.ceil(warmupFraction * steps), steps);
    }

    /** The rate of a step, counted from 0. */
    double at(int step) {
        if (step < warmup) {
            return peak * (step + 1) / warmup;
        }
        double done = (double) (step - warmup) / Math.max(1, steps - warmup);
        return switch (schedule) {
            case COSINE -> peak * 0.5 * (1 + Math.cos(Math.PI * done));
            case LINEAR -> peak * (1 - done);
            case CONSTANT -> peak;
        };
    }
}
