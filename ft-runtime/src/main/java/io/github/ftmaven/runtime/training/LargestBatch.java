package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.memory.Batch;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.util.List;

/**
 * The batch of a training that takes the most memory.
 *
 * @param examples of the optimizer step that it belongs to
 * @param batch the sequences that are computed at once
 */
public record LargestBatch(List<TrainingExample> examples, Batch batch) {
    /** Sequences are padded to a multiple of this. */
    private static final int ALIGNMENT = 8;

    /** Epochs draw other batches of the same examples. */
    private static final int EPOCHS = 8;

    /** Copies the list. */
    public LargestBatch {
        examples = List.copyOf(examples);
    }

    /**
     * Looks through the steps of a training, of its first epochs.
     *
     * @param train at least one example
     */
    public static LargestBatch of(List<TrainingExample> train, TrainingSpec spec) {
        EpochOrder order = new EpochOrder(train, spec.batchSize(), spec.seed());
        LargestBatch largest = null;
        double most = -1;
        for (int epoch = 0; epoch < Math.min(EPOCHS, Math.ceil(spec.epochs())); epoch++) {
            for (List<TrainingExample> examples : order.batches(epoch)) {
                for (List<TrainingExample> part : MicroBatches.of(examples, spec.microBatchTokens())) {
                    Batch batch = batch(part);
                    // Attention scores grow with the square of the length.
                    double size = batch.tokens() * (1 + batch.longest() / 1024.0);
                    if (size > most) {
                        most = size;
                        largest = new LargestBatch(examples, batch);
                    }
                }
            }
        }
        if (largest == null) {
            throw new IllegalArgumentException("no examples");
        }
        return largest;
    }

    /** Sequences of similar length are padded to one length; on the whole that adds little to their own. */
    private static Batch batch(List<TrainingExample> part) {
        long tokens = 0;
        long learnt = 0;
        long longest = 0;
        for (TrainingExample sequence : part) {
            long length = (Math.max(1L, sequence.length() - 1L) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            tokens += length;
            longest = Math.max(longest, length);
            learnt += sequence.supervisedCount();
        }
        return new Batch(tokens, longest, learnt);
    }
}
