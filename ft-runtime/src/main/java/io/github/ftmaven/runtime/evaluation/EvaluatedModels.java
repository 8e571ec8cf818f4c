package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import java.io.IOException;
import java.nio.file.Path;

/** The models that an evaluation asks, one after the other: a base, and what was made from it. */
public interface EvaluatedModels extends AutoCloseable {
    /** The base alone. */
    BatchModel base();

    /**
     * The packaged model. The base cannot be asked after this.
     *
     * @param unpacked the directory with its files
     */
    BatchModel tuned(Path unpacked);

    @Override
    void close();

    /** Where they are. */
    @FunctionalInterface
    interface Host {
        /**
         * Loads the base of a job.
         *
         * @param type what is computed in: F32 or BF16
         * @throws io.github.ftmaven.runtime.error.InvalidInputException if it cannot be loaded there
         */
        EvaluatedModels open(Job job, DType type, Events events) throws IOException;
    }
}
