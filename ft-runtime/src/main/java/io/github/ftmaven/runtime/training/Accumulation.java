package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import java.util.List;

/**
 * Sums the gradients of a batch in parts that fit into memory, or computes several batches so. If a part does not fit, all of
 * them are computed again in parts of half the size, and so are later batches. This happens once in a run.
 */
final class Accumulation {
    private final Sum gradients;
    private final TrainingListener listener;
    private int maxTokens;
    private boolean isHalved;

    /**
     * Begins a run.
     *
     * @param maxTokens of a part, padding included
     */
    Accumulation(Sum gradients, int maxTokens, TrainingListener listener) {
        this.gradients = gradients;
        this.maxTokens = maxTokens;
        this.listener = listener;
    }

    /** The sum of gradients. */
    interface Sum {
        /** Adds those of the parts of a batch, in their order. */
        void add(List<List<TokenSequence>> parts);

        /** Forgets the sum, and gives unused memory back to the device. */
        void clear();
    }

    /**
     * Sums the gradients of a batch.
     *
     * @throws InvalidInputException if memory is short a second time, or cannot be saved this way
     */
    void of(List<TrainingExample> batch) {
        attempt(List.of(batch), () -> gradients.add(parts(batch)));
    }

    /**
     * Computes batches in their {@link #parts}, once again from the beginning if memory is short.
     *
     * @throws InvalidInputException if memory is short a second time, or cannot be saved this way
     */
    void attempt(List<List<TrainingExample>> batches, Runnable computation) {
        try {
            computation.run();
        } catch (OutOfMemoryException e) {
            long largest = batches.stream()
                    .flatMap(batch -> MicroBatches.of(batch, maxTokens).stream())
                    .mapToLong(MicroBatches::tokens)
                    .max()
                    .orElseThrow();
            long longest = batches.stream()
                    .flatMap(List::stream)
                    .mapToLong(TrainingExample::length)
                    .max()
                    .orElseThrow();
            if (isHalved || largest == longest) {
                throw tooLittle(e, largest, longest);
            }
            isHalved = true;
            maxTokens = (int) Math.max(longest, largest / 2);
            listener.onWarning("Out of memory: " + e.getMessage() + ". Training goes on with micro-batches of "
                    + maxTokens + " tokens instead of " + largest + ". Set training.microBatchTokens: " + maxTokens
                    + " to begin with them, and to get the same bytes again.");
            gradients.clear();
            attempt(batches, computation);
        }
    }

    /** The parts of a batch that fit into memory. */
    List<List<TokenSequence>> parts(List<TrainingExample> batch) {
        return MicroBatches.of(batch, maxTokens).stream()
                .map(MicroBatches::sequences)
                .toList();
    }

    /** The most tokens of a part, padding included. */
    int maxTokens() {
        return maxTokens;
    }

    /** Computes in smaller parts from now on. */
    void lower(int tokens) {
        maxTokens = Math.min(maxTokens, tokens);
    }

    /** Sums the gradients of a batch and forgets them, so that a lack of memory shows before the first step. */
    void rehearse(List<TrainingExample> batch) {
        of(batch);
        gradients.clear();
    }

    private static InvalidInputException tooLittle(OutOfMemoryException e, long largest, long longest) {
        String remedy = largest > longest
                ? "Set training.microBatchTokens to " + Math.max(longest, largest / 2) + " or less"
                : "Set dataset.maxLength to " + Math.max(1, longest / 2)
                        + ", since the longest example alone is too large";
        return new InvalidInputException(
                "Training ran out of memory: " + e.getMessage() + ". " + remedy
                        + ", training.gradientCheckpointing to on, or base.quantization to nf4; or use a machine with"
                        + " more memory. ft:plan says what each of them saves.",
                e);
    }
}
