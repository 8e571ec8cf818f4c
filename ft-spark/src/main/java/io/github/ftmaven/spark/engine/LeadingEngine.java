package io.github.ftmaven.spark.engine;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import io.github.ftmaven.runtime.training.ComputedGradient;
import io.github.ftmaven.runtime.training.MicroBatch;
import io.github.ftmaven.runtime.training.ReplicaRound;
import io.github.ftmaven.runtime.training.TrainedReplica;
import io.github.ftmaven.runtime.worker.GradientCluster;
import io.github.ftmaven.runtime.worker.GradientJob;
import io.github.ftmaven.runtime.worker.Task;
import io.github.ftmaven.runtime.worker.TrainTask;
import io.github.ftmaven.runtime.worker.Worker;
import io.github.ftmaven.spark.bridge.Answer;
import io.github.ftmaven.spark.bridge.Cluster;
import io.github.ftmaven.spark.bridge.ClusterException;
import io.github.ftmaven.spark.bridge.Leader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Trains with gradients that a cluster computes, or with replicas that it trains; all else is done here, as in a training without one. */
public final class LeadingEngine implements Leader {
    /** For the class loader of the engine. */
    public LeadingEngine() {}

    @Override
    public void runAndExit(String requestFile, Cluster cluster) {
        Task training = TrainTask.on((job, events) -> open(cluster, job, events));
        Task closing = (request, events) -> {
            try {
                return training.run(request, events);
            } finally {
                cluster.close();
            }
        };
        new Worker(Map.of("train", closing)).runAndExit(requestFile);
    }

    private static GradientCluster.Workers open(Cluster cluster, GradientJob job, Events events) {
        try {
            events.info(cluster.open(job.bytes()));
        } catch (ClusterException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        return new Steps(cluster, events);
    }

    /** Asks for one step or round after the other. */
    private static final class Steps implements GradientCluster.Workers {
        private final Cluster cluster;
        private final Events events;
        private long steps;

        private Steps(Cluster cluster, Events events) {
            this.cluster = cluster;
            this.events = events;
        }

        /** The seed is the spec's, which each worker has. */
        @Override
        public List<ComputedGradient> compute(List<byte[]> weights, List<MicroBatch> microBatches, long seed) {
            return answers(weights, microBatches.stream().map(MicroBatch::bytes).toList())
                    .map(ComputedGradient::read)
                    .toList();
        }

        @Override
        public boolean train(List<byte[]> weights, List<ReplicaRound> rounds, Consumer<TrainedReplica> results) {
            answers(weights, rounds.stream().map(ReplicaRound::bytes).toList())
                    .map(TrainedReplica::read)
                    .forEachOrdered(results);
            return true;
        }

        private Stream<List<byte[]>> answers(List<byte[]> weights, List<byte[]> tasks) {
            try {
                return cluster.compute("step " + steps++, weights, tasks).stream()
                        .map(Steps::values);
            } catch (ClusterException e) {
                if (events.stopRequested()) {
                    // A signal stops Spark at once.
                    throw new StoppedException("Run the same command again to resume at the last checkpoint.");
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
}
