package io.github.ftmaven.spark.engine;

import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.training.ComputedGradient;
import io.github.ftmaven.runtime.training.MicroBatch;
import io.github.ftmaven.runtime.training.ReplicaRound;
import io.github.ftmaven.runtime.training.TrainedReplica;
import io.github.ftmaven.runtime.worker.ClusterJob;
import io.github.ftmaven.runtime.worker.EvaluateTask;
import io.github.ftmaven.runtime.worker.EvaluationCluster;
import io.github.ftmaven.runtime.worker.GradientCluster;
import io.github.ftmaven.runtime.worker.Task;
import io.github.ftmaven.runtime.worker.TrainTask;
import io.github.ftmaven.runtime.worker.Worker;
import io.github.ftmaven.spark.bridge.Cluster;
import io.github.ftmaven.spark.bridge.Leader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Trains and evaluates with what a cluster computes. All else is done here, as without one. */
public final class LeadingEngine implements Leader {
    /** For the class loader of the engine. */
    public LeadingEngine() {}

    @Override
    public void runAndExit(String requestFile, Cluster cluster) {
        Task training = TrainTask.on((job, events) -> train(cluster, job, events));
        Task evaluation = EvaluateTask.on((job, events) -> evaluate(cluster, job, events));
        new Worker(Map.of("train", closing(training, cluster), "evaluate", closing(evaluation, cluster)))
                .runAndExit(requestFile);
    }

    private static Task closing(Task task, Cluster cluster) {
        return (request, events) -> {
            try {
                return task.run(request, events);
            } finally {
                cluster.close();
            }
        };
    }

    private static GradientCluster.Workers train(Cluster cluster, ClusterJob job, Events events) {
        return new Steps(OpenedCluster.open(
                cluster,
                "ft:train",
                "computes the gradients",
                job,
                events,
                "Run the same command again to resume at the last checkpoint."));
    }

    private static EvaluationCluster.Workers evaluate(Cluster cluster, ClusterJob job, Events events) {
        OpenedCluster opened = OpenedCluster.open(
                cluster,
                "ft:evaluate",
                "answers the questions",
                job,
                events,
                "Run the same command again to evaluate.");
        return (model, adapter, batches, finished) -> opened.compute(model, adapter, batches, finished).stream()
                .map(result -> result.get(0))
                .toList();
    }

    /** Asks for one step or round after the other. */
    private static final class Steps implements GradientCluster.Workers {
        private final OpenedCluster cluster;
        private long steps;

        private Steps(OpenedCluster cluster) {
            this.cluster = cluster;
        }

        /** The seed is the spec's, which each worker has. */
        @Override
        public List<ComputedGradient> compute(List<byte[]> weights, List<MicroBatch> microBatches, long seed) {
            return results(weights, microBatches.stream().map(MicroBatch::bytes).toList())
                    .map(ComputedGradient::read)
                    .toList();
        }

        @Override
        public boolean train(List<byte[]> weights, List<ReplicaRound> rounds, Consumer<TrainedReplica> results) {
            results(weights, rounds.stream().map(ReplicaRound::bytes).toList())
                    .map(TrainedReplica::read)
                    .forEachOrdered(results);
            return true;
        }

        private Stream<List<byte[]>> results(List<byte[]> weights, List<byte[]> tasks) {
            return cluster.compute("step " + steps++, weights, tasks, done -> {}).stream();
        }
    }
}
