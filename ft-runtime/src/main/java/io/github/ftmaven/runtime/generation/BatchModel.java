package io.github.ftmaven.runtime.generation;

import java.util.List;

/** A model that is asked in batches. It is in this process, or in others. */
public interface BatchModel {
    /** The memory that the keys and values of a token take while answers are generated, in bytes. */
    long cacheBytes();

    /**
     * Computes batches.
     *
     * @return the results in the order of the batches
     * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if one does not fit
     */
    <R> List<R> compute(List<? extends ModelBatch<R>> batches, AnswerListener listener);
}
