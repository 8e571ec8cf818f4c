package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Answer;
import java.nio.file.Path;
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
        SharedWeights shared = weights.value();
        return Engines.compute(job.value(), gpu(job.value().workersHere()), shared.step(), shared.values(), microBatch);
    }

    private static String gpu(int workersHere) {
        if (workersHere > 0) {
            // The directories of workers are beside each other.
            return LocalGpu.of(Path.of("..").toAbsolutePath().normalize(), workersHere);
        }
        ResourceInformation given = TaskContext.get().resourcesJMap().get("gpu");
        return given == null ? "" : given.addresses()[0];
    }
}
