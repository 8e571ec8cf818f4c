package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.error.InvalidInputException;

/**
 * How long a training is.
 *
 * @param batches in all epochs
 * @param perEpoch the batches of one epoch
 * @param replicas how many batches a step takes, each for a replica of its own
 */
record TrainingLength(int batches, int perEpoch, int replicas) {
    /**
     * The length of so many epochs.
     *
     * @throws InvalidInputException if an {@code int} cannot count the batches
     */
    static TrainingLength of(double epochs, int perEpoch, int replicas) {
        long batches = Math.max(1, Math.round(epochs * perEpoch));
        if (batches > Integer.MAX_VALUE) {
            throw new InvalidInputException("training.epochs: " + epochs + " would take " + batches
                    + " steps of the optimizer, more than any training. Lower it.");
        }
        return new TrainingLength((int) batches, perEpoch, replicas);
    }

    /** The optimizer steps; replicas take theirs at the same time. */
    int steps() {
        return (int) (((long) batches + replicas - 1) / replicas);
    }

    /** The batches of the first steps. */
    int batchesOf(int steps) {
        return (int) Math.min(batches, (long) steps * replicas);
    }

    /** The epochs of the first steps. */
    double epochsOf(int steps) {
        return (double) batchesOf(steps) / perEpoch;
    }
}
