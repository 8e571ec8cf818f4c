package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.EvaluatedModels;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.generation.RemoteModel;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.memory.EvaluationMemory;
import io.github.ftmaven.runtime.spec.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The models of an evaluation in other processes. This one reads of the base what batches depend on, and no weights. */
final class ClusterModels implements EvaluatedModels {
    private final EvaluationCluster.Workers workers;
    private final long cacheBytes;

    private ClusterModels(EvaluationCluster.Workers workers, long cacheBytes) {
        this.workers = workers;
        this.cacheBytes = cacheBytes;
    }

    /** A cluster as their host. */
    static Host host(EvaluationCluster cluster, ClusterBase.Place place) {
        return (job, type, events) -> {
            if (job.spec().adapter().method() == Method.FULL) {
                throw new InvalidInputException(
                        "evaluation.runner: spark sends the adapter to every worker, and a model"
                                + " of adapter.method: full is too large for that. Write evaluation.runner: local.");
            }
            UsedPrecision.require(type, place.device(), "the packaged adapter");
            return new ClusterModels(
                    cluster.open(new EvaluationJob(ClusterBase.of(job, type, place)), events),
                    EvaluationMemory.cacheOfToken(job.base().architecture(), type));
        };
    }

    @Override
    public BatchModel base() {
        return model(SentAdapter.none());
    }

    @Override
    public BatchModel tuned(Path unpacked) {
        try {
            return model(SentAdapter.read(unpacked));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BatchModel model(SentAdapter adapter) {
        return new RemoteModel(
                cacheBytes, (batches, finished) -> workers.compute(adapter.name(), adapter.parts(), batches, finished));
    }

    /** The processes end with the cluster. */
    @Override
    public void close() {}
}
