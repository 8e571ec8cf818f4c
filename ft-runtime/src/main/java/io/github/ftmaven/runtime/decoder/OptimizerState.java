package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The state that an optimizer keeps for each trained tensor, in float32.
 *
 * @param factored whether it belongs to Adafactor (Shazeer and Stern, 2018), otherwise to AdamW
 * @param gradients summed since the last step
 * @param first AdamW's running mean of the gradients; Adafactor's running mean of their squares, by row for a matrix
 * @param second AdamW's running mean of their squares; Adafactor's by column, for a matrix only
 * @param steps one scalar per tensor: the number of updates so far
 * @param loss the loss summed since the last step, one float64
 */
public record OptimizerState(
        boolean factored,
        List<Tensor> gradients,
        List<Tensor> first,
        List<Tensor> second,
        List<Tensor> steps,
        Tensor loss) {
    /** The state before the first step. */
    public static OptimizerState zero(Arena arena, List<Tensor> trained, boolean factored) {
        return new OptimizerState(
                factored,
                zeros(arena, trained, shape -> shape),
                zeros(arena, trained, shape -> factored ? rows(shape) : shape),
                zeros(arena, trained, shape -> factored ? columns(shape) : shape),
                trained.stream().map(t -> arena.scalar(0)).toList(),
                arena.doubles(1));
    }

    /** Gradients alone, for a process that takes no steps. */
    public static OptimizerState gradients(Arena arena, List<Tensor> trained) {
        return new OptimizerState(
                false, zeros(arena, trained, shape -> shape), List.of(), List.of(), List.of(), arena.doubles(1));
    }

    private static long[] rows(long[] shape) {
        return shape.length == 2 ? new long[] {shape[0], 1} : shape;
    }

    private static long[] columns(long[] shape) {
        return shape.length == 2 ? new long[] {1, shape[1]} : new long[] {1};
    }

    private static List<Tensor> zeros(Arena arena, List<Tensor> trained, UnaryOperator<long[]> shape) {
        return trained.stream().map(t -> arena.zeros(shape.apply(t.shape()))).toList();
    }
}
