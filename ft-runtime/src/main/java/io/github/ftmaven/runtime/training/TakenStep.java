package io.github.ftmaven.runtime.training;

import java.util.List;

/**
 * An optimizer step that was taken.
 *
 * @param examples its batch; of a step with a value that is not finite, the batch that has it
 * @param loss mean cross-entropy per supervised token, in nats, before the step
 * @param norm L2 norm of the gradients before clipping; the largest one of several replicas
 * @param rate the learning rate
 * @param tokens of the step's batches
 * @param supervised the tokens among them that it learns
 * @param seconds of wall-clock time
 */
record TakenStep(
        List<TrainingExample> examples,
        double loss,
        double norm,
        double rate,
        long tokens,
        long supervised,
        double seconds) {}
