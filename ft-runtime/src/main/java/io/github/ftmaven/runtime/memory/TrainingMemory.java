package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import java.util.ArrayList;
import java.util.List;

/** The memory of a training: of what is held in a way, and trained. */
public record TrainingMemory(Architecture architecture, Held held, Trained trained) {
    /** Layers on the device at once while the others wait on the host: one computes, one arrives. */
    private static final int LAYERS_AT_ONCE = 2;

    /** The estimate for the largest batch that is computed at once. */
    public Estimate of(Batch batch, Passes passes) {
        List<Part> parts = new ArrayList<>(resident(passes));
        ActivationBytes activations = new ActivationBytes(architecture, held, trained, batch);
        TensorTally kept = kept(activations, passes);
        TensorTally moment = moment(activations, passes);
        parts.add(new Part(
                passes.recompute() ? "inputs of layers, which are recomputed" : "activations of all layers",
                kept.bytes()));
        parts.add(new Part(
                passes.recompute() ? "one layer and its gradients, or the loss" : "the loss, or a layer's gradients",
                moment.bytes() + found(passes)));
        parts.add(new Part(
                "what the allocator cannot use", ProcessBytes.unusable(kept, layer(activations, passes), held)));
        return new Estimate(parts, onHost(passes), whileLoading(passes));
    }

    private static TensorTally kept(ActivationBytes activations, Passes passes) {
        return passes.recompute() ? activations.inputs() : activations.ofAllLayers();
    }

    private static TensorTally moment(ActivationBytes activations, Passes passes) {
        TensorTally layer = layer(activations, passes);
        TensorTally loss = activations.momentOfLoss();
        return layer.bytes() > loss.bytes() ? layer : loss;
    }

    private static TensorTally layer(ActivationBytes activations, Passes passes) {
        TensorTally layer = activations.momentOfLayer();
        return passes.recompute() ? layer.add(activations.ofLargestLayer(), 1) : layer;
    }

    /** The gradients of one backward pass, before they are added to the sum. */
    private long found(Passes passes) {
        long values = trained.values(architecture);
        if (trained.isFull()) {
            long vocabulary = WeightBytes.of(architecture, held).vocabulary();
            long layers = values * Float.BYTES - vocabulary;
            return vocabulary * 2
                    + (passes.recompute() ? layers / architecture.dimensions().layers() : layers);
        }
        return held.type() == DType.BF16
                ? values * (passes.recompute() ? 2 : 4)
                : values * (passes.recompute() ? 0 : Float.BYTES);
    }

    /**
     * Whether frozen layers can be elsewhere than on the device. On a CPU that is the file that they are read from, where it
     * has them as they are computed with.
     */
    boolean mayLeaveLayers() {
        return !trained.isFull() && (held.isOnGpu() || (!held.isQuantized() && held.type() == DType.BF16));
    }

    /** What stays from step to step. */
    public List<Part> resident(Passes passes) {
        WeightBytes weights = WeightBytes.of(architecture, held);
        long layers = weights.layers();
        long values = trained.values(architecture);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("the process", ProcessBytes.fixed(architecture, held)));
        parts.add(new Part(architecture.embedding().tied() ? "embedding" : "embedding and head", weights.vocabulary()));
        parts.add(
                passes.layersOnHost() ? new Part("layers, two at a time", atOnce(layers)) : new Part("layers", layers));
        if (!trained.isFull()) {
            parts.add(new Part("adapter", values * Float.BYTES));
        }
        parts.add(new Part("gradients", values * Float.BYTES));
        parts.add(new Part(
                trained.isFactored() ? "state of Adafactor" : "state of AdamW",
                trained.optimizer(architecture) * Float.BYTES));
        if (trained.keepsBest() && !held.isOnGpu()) {
            parts.add(new Part("weights of the best validation", values * Float.BYTES));
        }
        return parts;
    }

    private long atOnce(long layers) {
        int count = architecture.dimensions().layers();
        return layers / count * Math.min(count, LAYERS_AT_ONCE);
    }

    private long onHost(Passes passes) {
        long layers = passes.layersOnHost() ? WeightBytes.of(architecture, held).layers() : 0;
        return held.isOnGpu() ? layers + ProcessBytes.ofJava(architecture) : 0;
    }

    private long whileLoading(Passes passes) {
        WeightBytes weights = WeightBytes.of(architecture, held);
        return ProcessBytes.fixed(architecture, held)
                + weights.vocabulary()
                + (passes.layersOnHost() ? atOnce(weights.layers()) : weights.layers())
                + ProcessBytes.ofLoading(weights.largestLinear(), held);
    }
}
