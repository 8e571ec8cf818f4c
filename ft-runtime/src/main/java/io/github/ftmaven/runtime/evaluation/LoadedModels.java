package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.DequantizedBase;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.generation.LocalModel;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.SlowPrecision;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.file.Path;

/** The models of an evaluation in the native memory of this process. */
public final class LoadedModels implements EvaluatedModels {
    private final Job job;
    private final Arena arena;
    private final BaseTensors weights;
    private final boolean mergeable;
    private final Decoder base;

    private LoadedModels(Job job, Arena arena, DType type) {
        this.job = job;
        this.arena = arena;
        BaseTensors held = job.weights(arena, type);
        this.mergeable = held.isMergeable();
        this.weights = DequantizedBase.of(arena, job.base().architecture(), held, arena.freeMemory());
        this.base = Decoder.of(arena, job.base().architecture(), weights, null, false);
    }

    /** This process as their host. */
    public static Host host(Torch torch) {
        return (job, type, events) -> {
            UsedPrecision.require(type, torch.device(), "the packaged adapter");
            try (Arena arena = torch.arena()) {
                SlowPrecision.warn(type, arena, events);
            }
            return open(job, torch, type);
        };
    }

    /** Loads the base of a job, to compute in a type. */
    public static LoadedModels open(Job job, Torch torch, DType type) {
        Arena arena = torch.arena();
        try {
            return new LoadedModels(job, arena, type);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public BatchModel base() {
        return new LocalModel(base);
    }

    @Override
    public BatchModel tuned(Path unpacked) {
        if (job.spec().adapter().method() == Method.FULL) {
            weights.tensors().forEach(Tensor::close);
            ModelDirectory model = ModelDirectory.open(
                    unpacked, "the packaged model", job.spec().base().ignoreKeys());
            BaseTensors own = BaseTensors.read(arena, model.architecture(), model.weights());
            return new LocalModel(Decoder.of(arena, model.architecture(), own, null, false));
        }
        Architecture architecture = job.base().architecture();
        PeftAdapter adapter = PeftAdapter.read(unpacked, "the packaged adapter", architecture);
        Decoder tuned = Decoder.of(arena, architecture, weights, LoraTensors.of(arena, adapter), false);
        if (mergeable) {
            tuned.merge();
            return new LocalModel(base);
        }
        return new LocalModel(tuned);
    }

    @Override
    public void close() {
        arena.close();
    }
}
