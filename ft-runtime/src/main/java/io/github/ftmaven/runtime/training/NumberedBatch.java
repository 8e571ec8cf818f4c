package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of a training.
 *
 * @param number counted from 0 through all epochs
 */
record NumberedBatch(int number, List<TrainingExample> examples) {
    /** All tokens of the examples. */
    long tokens() {
        return examples.stream().mapToLong(TrainingExample::length).sum();
    }

    /** The tokens among them that training learns. */
    long supervised() {
        return examples.stream().mapToLong(TrainingExample::supervisedCount).sum();
    }

    /**
     * Gives each part a number of its own in the training: a batch has at most as many parts as it has examples.
     *
     * @param batchSize the most examples of a batch
     */
    static List<MicroBatch> parts(int number, List<List<TokenSequence>> parts, int batchSize) {
        List<MicroBatch> microBatches = new ArrayList<>();
        for (List<TokenSequence> part : parts) {
            microBatches.add(new MicroBatch((long) number * batchSize + microBatches.size(), part));
        }
        return microBatches;
    }
}
