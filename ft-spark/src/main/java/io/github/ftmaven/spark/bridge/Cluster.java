package io.github.ftmaven.spark.bridge;

import java.util.List;
import java.util.function.IntConsumer;

/** A cluster of Spark, as the engine sees it. */
public interface Cluster {
    /**
     * Starts it, unless it runs.
     *
     * @param name of the application, for the cluster's pages
     * @param job what each worker opens, in place of an earlier one
     * @return what computes and where, such as {@code Spark 4.0.0 at yarn}
     * @throws ClusterException if it cannot start
     */
    String open(String name, byte[] job);

    /**
     * Has tasks of the job computed, each by whichever worker is free.
     *
     * @param name of what is shared; another one for other values
     * @param shared what all of the tasks need, in parts; it is sent once for several calls with the same name
     * @param finished receives how many tasks are done, each time there are more; perhaps not the last time
     * @return the answers in the order of the tasks
     * @throws ClusterException if no worker could compute one
     */
    List<Answer> compute(String name, List<byte[]> shared, List<byte[]> tasks, IntConsumer finished);

    /** Gives the workers back, if it was started. */
    void close();
}
