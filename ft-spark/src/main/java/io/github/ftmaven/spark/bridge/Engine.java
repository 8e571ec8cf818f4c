package io.github.ftmaven.spark.bridge;

import java.util.List;

/** The engine's side of a worker. Not thread-safe. */
public interface Engine {
    /**
     * Opens a job, and closes the one before.
     *
     * @param gpu the number of this worker's GPU, if the job is for GPUs; empty for the first
     * @return an answer without values, or why the job cannot be opened
     */
    Answer open(byte[] job, String gpu);

    /** Computes a task; see {@link Cluster#compute}. */
    Answer compute(String name, List<byte[]> shared, byte[] task);
}
