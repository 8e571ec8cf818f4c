package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.journal.Events;
import java.util.List;
import java.util.function.IntConsumer;

/** Other processes, perhaps of other machines, that answer the questions of an evaluation. */
@FunctionalInterface
public interface EvaluationCluster {
    /**
     * Makes them ready. Each opens the job; an earlier one ends.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if they cannot start
     */
    Workers open(ClusterJob job, Events events);

    /** The processes. */
    @FunctionalInterface
    interface Workers {
        /**
         * Has batches computed by a model.
         *
         * @param model names it
         * @param adapter what it is besides the base, in parts
         * @param finished receives now and then how many are done
         * @return the results in the order of the batches
         * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if one does not fit
         */
        List<byte[]> compute(String model, List<byte[]> adapter, List<byte[]> batches, IntConsumer finished);
    }
}
