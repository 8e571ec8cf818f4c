package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Answer;
import java.nio.file.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;

/** Computes a task in a worker. The result depends on nothing else, so Spark may run it again. */
final class TaskFunction implements Function<byte[], Answer> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SharedJob> job;
    private final Broadcast<SharedValues> values;

    TaskFunction(Broadcast<SharedJob> job, Broadcast<SharedValues> values) {
        this.job = job;
        this.values = values;
    }

    @Override
    public Answer call(byte[] task) {
        SharedValues shared = values.value();
        return Engines.compute(job.value(), gpu(job.value().workersHere()), shared.name(), shared.values(), task);
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
