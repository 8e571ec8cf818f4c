package io.github.ftmaven.spark.bridge;

import java.util.List;

/** A cluster of Spark, as the engine sees it. */
public interface Cluster {
    /**
     * Starts it.
     *
     * @param job what each worker opens
     * @return a sentence for the user
     * @throws ClusterException if it cannot start
     */
    String open(byte[] job);

    /**
     * Has micro-batches computed, by whichever worker is free.
     *
     * @param step names the weights
     * @return the answers in the order of the micro-batches
     * @throws ClusterException if no worker could compute one
     */
    List<Answer> compute(String step, List<byte[]> weights, List<byte[]> microBatches);

    /** Gives the workers back, if it was started. */
    void close();
}
