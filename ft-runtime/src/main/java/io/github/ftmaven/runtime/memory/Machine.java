package io.github.ftmaven.runtime.memory;

/**
 * What was measured of the machine that computes.
 *
 * @param device in words, such as {@code 2 CPU threads} or a GPU's name
 * @param isOnGpu whether it computes on a GPU
 * @param room bytes for all that a goal needs on the device
 * @param single in float32
 * @param half in bfloat16
 * @param hasBfloat16 whether it has instructions for bfloat16
 */
public record Machine(
        String device, boolean isOnGpu, long room, Work.Rates single, Work.Rates half, boolean hasBfloat16) {
    /** How many times as fast products are in bfloat16 as in float32. */
    public double gain() {
        return half.operations() / single.operations();
    }
}
