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
     * Has tasks of the job computed, each by whichever worker is free.
     *
     * @param name of what is shared; another one for other values
     * @param shared what all of the tasks need, in parts
     * @return the answers in the order of the tasks
     * @throws ClusterException if no worker could compute one
     */
    List<Answer> compute(String name, List<byte[]> shared, List<byte[]> tasks);

    /** Gives the workers back, if it was started. */
    void close();
}
