package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.Architecture;

/**
 * The operations of a training, and the time that they take.
 *
 * @param tokens of all sequences, without padding
 * @param length tokens of a sequence, on average
 * @param learnt tokens that the loss is computed for
 */
public record Work(long tokens, double length, long learnt) {
    /** How often a step reads or writes what it keeps for the backward pass. */
    private static final double TOUCHED = 6;

    /** The same for logits, whose softmax is float32. */
    private static final double LOGITS_TOUCHED = 12;

    /**
     * How fast a device computes, as measured.
     *
     * @param operations floating-point operations of a product of matrices in a second
     * @param bytes read and written in a second
     */
    public record Rates(double operations, double bytes) {}

    /** Multiplications and additions of all products. */
    public double operations(TrainingMemory memory, Passes passes) {
        Architecture architecture = memory.architecture();
        double linear = WeightBytes.of(architecture, memory.held()).linear();
        double passesOfBase = (memory.trained().isFull() ? 6 : 4) + (passes.recompute() ? 2 : 0);
        double adapter = memory.trained().isFull()
                ? 0
                : memory.trained().values(architecture) * (passes.recompute() ? 8.0 : 6.0);
        double scores = 2.0
                * length
                * architecture.attention().queryWidth()
                * architecture.dimensions().layers()
                * (passes.recompute() ? 4 : 3);
        double head = (memory.trained().isFull() ? 6.0 : 4.0)
                * architecture.dimensions().vocabSize()
                * architecture.dimensions().hiddenSize();
        return tokens * (passesOfBase * linear + adapter + scores) + learnt * head;
    }

    /** Seconds for all of it. */
    public double seconds(TrainingMemory memory, Passes passes, Rates rates) {
        Batch batch = new Batch(tokens, Math.max(1, Math.round(length)), learnt);
        ActivationBytes activations =
                new ActivationBytes(memory.architecture(), memory.held(), memory.trained(), batch);
        double logits = (double) learnt * memory.architecture().dimensions().vocabSize() * LOGITS_TOUCHED;
        double touched = activations.ofAllLayers().bytes() * TOUCHED * (passes.recompute() ? 1.5 : 1) + logits;
        return operations(memory, passes) / rates.operations() + touched / rates.bytes();
    }

    /** The work of a part of these sequences. */
    public Work part(double share) {
        return new Work(Math.round(tokens * share), length, Math.round(learnt * share));
    }
}
