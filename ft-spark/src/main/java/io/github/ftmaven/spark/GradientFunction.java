package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Answer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;

/** Computes a micro-batch in a worker. The result depends on nothing else, so Spark may run it again. */
final class GradientFunction implements Function<byte[], Answer> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SharedJob> job;
    private final Broadcast<SharedWeights> weights;

    GradientFunction(Broadcast<SharedJob> job, Broadcast<SharedWeights> weights) {
        this.job = job;
        this.weights = weights;
    }

    @Override
    public Answer call(byte[] microBatch) {
        ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
        SharedWeights shared = weights.value();
        return Engines.compute(
                job.value(), gpu == null ? "" : gpu.addresses()[0], shared.step(), shared.values(), microBatch);
    }
}
