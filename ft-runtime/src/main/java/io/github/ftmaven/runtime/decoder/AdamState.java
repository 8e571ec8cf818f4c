package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.List;

/**
 * What AdamW keeps beside each trained tensor, float32 like the tensor itself.
 *
 * @param gradients summed since the last step
 * @param expAvg running mean of the gradients
 * @param expAvgSq running mean of their squares
 * @param steps a scalar each: updates so far
 */
public record AdamState(List<Tensor> gradients, List<Tensor> expAvg, List<Tensor> expAvgSq, List<Tensor> steps) {
    /** The state before the first step. */
    public static AdamState zero(Arena arena, List<Tensor> trained) {
        return new AdamState(
                zeros(arena, trained),
                zeros(arena, trained),
                zeros(arena, trained),
                trained.stream().map(t -> arena.scalar(0.0)).toList());
    }

    private static List<Tensor> zeros(Arena arena, List<Tensor> trained) {
        return trained.stream().map(t -> arena.zeros(t.shape())).toList();
    }
}
