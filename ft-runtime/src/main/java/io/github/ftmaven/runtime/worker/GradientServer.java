package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.training.ComputedGradient;
import io.github.ftmaven.runtime.training.GradientComputer;
import io.github.ftmaven.runtime.training.MicroBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a base and computes gradients for a training that another process leads. */
final class GradientServer implements ClusterServer {
    private final Arena arena;
    private final long seed;
    private final GradientComputer computer;
    private @Nullable String version;

    private GradientServer(Arena arena, long seed, GradientComputer computer) {
        this.arena = arena;
        this.seed = seed;
        this.computer = computer;
    }

    /**
     * Loads the base of a job from this machine.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if it is missing, or another one than the leader's
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
            return new GradientServer(arena, job.spec().training().seed(), new GradientComputer(arena, decoder));
        } finally {
            Directories.delete(own);
        }
    }

    /**
     * Computes a micro-batch.
     *
     * @param step names the weights, which are taken once
     * @param weights as in {@link io.github.ftmaven.runtime.training.RemoteGradients.Workers}
     * @return the bytes of a {@link ComputedGradient}
     */
    @Override
    public List<byte[]> compute(String step, List<byte[]> weights, byte[] microBatch) {
        if (!step.equals(version)) {
            version = null; // until all of them are taken
            computer.take(weights);
            version = step;
        }
        return computer.compute(MicroBatch.read(microBatch), seed).bytes();
    }

    @Override
    public void close() {
        arena.close();
    }
}
