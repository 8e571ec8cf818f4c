package io.github.ftmaven.spark.engine;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import io.github.ftmaven.runtime.worker.ClusterJob;
import io.github.ftmaven.spark.bridge.Answer;
import io.github.ftmaven.spark.bridge.Cluster;
import io.github.ftmaven.spark.bridge.ClusterException;
import java.util.List;
import java.util.function.IntConsumer;

/** A cluster that computes a job's tasks. What goes wrong there goes wrong here, in the words of a build. */
final class OpenedCluster {
    private final Cluster cluster;
    private final Events events;
    private final String afterStop;

    private OpenedCluster(Cluster cluster, Events events, String afterStop) {
        this.cluster = cluster;
        this.events = events;
        this.afterStop = afterStop;
    }

    /**
     * Opens a job.
     *
     * @param name of the application
     * @param work what it does
     * @param afterStop what to do after the build was stopped
     * @throws InvalidInputException if the cluster cannot start
     */
    static OpenedCluster open(
            Cluster cluster, String name, String work, ClusterJob job, Events events, String afterStop) {
        try {
            events.info(cluster.open(name, job.bytes()) + " " + work + ".");
        } catch (ClusterException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        return new OpenedCluster(cluster, events, afterStop);
    }

    /** The results of tasks, in their order; see {@link Cluster#compute}. */
    List<List<byte[]>> compute(String name, List<byte[]> shared, List<byte[]> tasks, IntConsumer finished) {
        try {
            return cluster.compute(name, shared, tasks, finished).stream()
                    .map(OpenedCluster::values)
                    .toList();
        } catch (ClusterException e) {
            if (events.stopRequested()) {
                // A signal stops Spark at once.
                throw new StoppedException(afterStop);
            }
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<byte[]> values(Answer answer) {
        return switch (answer.kind()) {
            case DONE -> answer.values();
            case OUT_OF_MEMORY -> throw new OutOfMemoryException(answer.message(), new IllegalStateException());
            case WRONG_INPUT -> throw new InvalidInputException(answer.message());
        };
    }
}
