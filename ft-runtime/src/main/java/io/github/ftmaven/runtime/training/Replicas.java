package io.github.ftmaven.runtime.training;

import java.util.List;
import java.util.function.Consumer;

/** Trains replicas, each apart from the others: in this process, or in others. */
@FunctionalInterface
public interface Replicas {
    /**
     * Has each round trained by a replica of its own, all from the same weights.
     *
     * @param weights of the trained tensors, in parts: little-endian float32, one tensor after the other
     * @param results takes what the replicas become, in the order of the rounds
     * @return false if the training is to stop; the results are then incomplete
     * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if a micro-batch does not fit
     */
    boolean train(List<byte[]> weights, List<ReplicaRound> rounds, Consumer<TrainedReplica> results);
}
