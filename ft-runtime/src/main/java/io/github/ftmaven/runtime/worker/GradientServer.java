package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.spec.SpecReader;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import io.github.ftmaven.runtime.training.ComputedGradient;
import io.github.ftmaven.runtime.training.GradientComputer;
import io.github.ftmaven.runtime.training.MicroBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a base and computes gradients for a training that another process leads. */
public final class GradientServer implements AutoCloseable {
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
     * Loads the base of a job.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if this machine cannot have it, or has another one
     */
    public static GradientServer open(GradientJob declared) throws IOException {
        FineTuneSpec spec = SpecReader.parse(declared.spec().getBytes(StandardCharsets.UTF_8), declared.file());
        Path own = Files.createTempDirectory("ft-gradients");
        try {
            ModelDirectory base = new SharedBase().find(declared.inputs(), declared.baseDigest(), spec.base());
            Job job = new Job(spec, own, base, declared.inputs(), own);
            Torch torch = Torch.load(declared.place().device(), declared.place().threads());
            Arena arena = torch.arena();
            TrainedWeights weights = TrainedWeights.load(
                    job, arena, declared.type(), declared.layersOnHost() ? Offload.LAYERS : Offload.NONE);
            Decoder decoder = weights.decoder(job, arena, declared.recompute());
            return new GradientServer(arena, spec.training().seed(), new GradientComputer(arena, decoder));
        } finally {
            Directories.delete(own);
        }
    }

    /**
     * Computes a micro-batch.
     *
     * @param step names the weights, which are taken once
     * @param weights as in {@link io.github.ftmaven.runtime.training.RemoteGradients.Workers}
     * @throws io.github.ftmaven.runtime.torch.OutOfMemoryException if it does not fit
     */
    public ComputedGradient compute(String step, List<byte[]> weights, MicroBatch microBatch) {
        if (!step.equals(version)) {
            version = null; // until all of them are taken
            computer.take(weights);
            version = step;
        }
        return computer.compute(microBatch, seed);
    }

    @Override
    public void close() {
        arena.close();
    }
}
