package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.training.GradientComputer;
import io.github.ftmaven.runtime.training.LocalReplicas;
import io.github.ftmaven.runtime.training.MicroBatch;
import io.github.ftmaven.runtime.training.ReplicaRound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a base, and computes gradients or trains replicas for a training that another process leads. */
final class GradientServer implements ClusterServer {
    private final Arena arena;
    private final Computation computation;

    private GradientServer(Arena arena, Computation computation) {
        this.arena = arena;
        this.computation = computation;
    }

    /** What the tasks of a job are. */
    @FunctionalInterface
    private interface Computation {
        List<byte[]> of(String name, List<byte[]> weights, byte[] task);
    }

    /** Gradients of micro-batches. */
    private static final class OfGradients implements Computation {
        private final GradientComputer computer;
        private final long seed;
        private @Nullable String version;

        private OfGradients(GradientComputer computer, long seed) {
            this.computer = computer;
            this.seed = seed;
        }

        @Override
        public List<byte[]> of(String name, List<byte[]> weights, byte[] task) {
            if (!name.equals(version)) {
                version = null; // until all of them are taken
                computer.take(weights);
                version = name;
            }
            return computer.compute(MicroBatch.read(task), seed).bytes();
        }
    }

    /** What replicas become. */
    private record OfReplicas(LocalReplicas replicas) implements Computation {
        @Override
        public List<byte[]> of(String name, List<byte[]> weights, byte[] task) {
            List<byte[]> trained = new ArrayList<>();
            replicas.train(weights, List.of(ReplicaRound.read(task)), each -> trained.addAll(each.bytes()));
            return trained;
        }
    }

    /**
     * Loads the base of a job.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if this machine cannot have it, or has another one
     */
    static GradientServer open(GradientJob declared) throws IOException {
        ClusterBase base = declared.base();
        Path own = Files.createTempDirectory("ft-gradients");
        try {
            Job job = base.job(own);
            Arena arena = base.torch().arena();
            TrainedWeights weights = TrainedWeights.load(
                    job, arena, base.type(), declared.layersOnHost() ? Offload.LAYERS : Offload.NONE);
            Decoder decoder = weights.decoder(job, arena, declared.recompute());
            TrainingSpec spec = job.spec().training();
            return new GradientServer(
                    arena,
                    spec.optimization().localSteps() == null
                            ? new OfGradients(new GradientComputer(arena, decoder), spec.seed())
                            : new OfReplicas(new LocalReplicas(arena, decoder, spec)));
        } finally {
            Directories.delete(own);
        }
    }

    /**
     * Computes a task.
     *
     * @param name of the weights; another one for other weights
     * @param weights as in {@link io.github.ftmaven.runtime.training.RemoteGradients.Workers}
     * @param task the bytes of a {@link ReplicaRound} if the spec has local steps, otherwise of a {@link MicroBatch}
     * @return the bytes of a {@link io.github.ftmaven.runtime.training.TrainedReplica}, or of a {@link
     *     io.github.ftmaven.runtime.training.ComputedGradient}
     */
    @Override
    public List<byte[]> compute(String name, List<byte[]> weights, byte[] task) {
        return computation.of(name, weights, task);
    }

    @Override
    public void close() {
        arena.close();
    }
}
