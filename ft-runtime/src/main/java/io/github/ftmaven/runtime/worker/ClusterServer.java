package io.github.ftmaven.runtime.worker;

import java.util.List;

/** A process of a cluster, with what it holds for a {@link ClusterJob}. Not thread-safe. */
public interface ClusterServer extends AutoCloseable {
    /**
     * Computes a task.
     *
     * @param name of what is shared; another one for other values
     * @param shared what many tasks need, in parts
     * @return its result, in parts
     * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if it does not fit
     */
    List<byte[]> compute(String name, List<byte[]> shared, byte[] task);

    @Override
    void close();
}
