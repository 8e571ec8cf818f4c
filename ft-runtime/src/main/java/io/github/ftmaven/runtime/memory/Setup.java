package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.GradientCheckpointing;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.spec.Optimizer;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import org.jspecify.annotations.Nullable;

/**
 * A training as its spec declares it, as far as memory is concerned.
 *
 * @param checkpointing whether to recompute layers
 * @param offload whether frozen layers may wait in host memory
 * @param microBatchTokens the most tokens to compute at once
 * @param batchSize examples of an optimizer step
 * @param longest tokens of the longest example
 */
public record Setup(
        TrainingMemory memory,
        GradientCheckpointing checkpointing,
        Offload offload,
        int microBatchTokens,
        int batchSize,
        long longest) {
    /**
     * That of a spec.
     *
     * @param layout the adapted modules; null if every weight is trained
     * @param type what is computed in
     * @param stored the format that the base's files are already quantized in; null if they are not
     * @param longest tokens of the longest example
     */
    public static Setup of(
            FineTuneSpec spec,
            Architecture architecture,
            @Nullable LoraLayout layout,
            DType type,
            @Nullable Format stored,
            boolean isOnGpu,
            long longest) {
        TrainingSpec training = spec.training();
        Trained trained = new Trained(
                layout,
                layout == null ? 0 : spec.adapter().lora().dropout(),
                training.optimization().optimizer() == Optimizer.ADAFACTOR,
                training.validation().earlyStopping() > 0);
        return new Setup(
                new TrainingMemory(
                        architecture, new Held(type, stored == null ? format(spec) : stored, isOnGpu), trained),
                training.memory().gradientCheckpointing(),
                training.memory().offload(),
                training.microBatchTokens(),
                training.batchSize(),
                longest);
    }

    /** The format that a spec wants the linear layers in; null if they are not quantized. */
    public static @Nullable Format format(FineTuneSpec spec) {
        return switch (spec.base().quantization()) {
            case NONE -> null;
            case NF4 -> spec.base().doubleQuantization() ? Format.NF4_DOUBLE : Format.NF4;
            case INT8 -> Format.INT8;
        };
    }

    /** The largest part of a batch, if all examples are as long as the longest. */
    public Batch batch() {
        return Batch.of(longest, microBatchTokens, batchSize);
    }

    Setup with(Held held) {
        return new Setup(
                new TrainingMemory(memory.architecture(), held, memory.trained()),
                checkpointing,
                offload,
                microBatchTokens,
                batchSize,
                longest);
    }

    Setup with(Trained trained) {
        return new Setup(
                new TrainingMemory(memory.architecture(), memory.held(), trained),
                checkpointing,
                offload,
                microBatchTokens,
                batchSize,
                longest);
    }

    Setup with(GradientCheckpointing other) {
        return new Setup(memory, other, offload, microBatchTokens, batchSize, longest);
    }

    /** With other lengths. */
    public Setup with(int microBatchTokens, long longest) {
        return new Setup(memory, checkpointing, offload, microBatchTokens, batchSize, longest);
    }
}
