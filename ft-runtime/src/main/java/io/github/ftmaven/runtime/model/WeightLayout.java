package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Every tensor that an architecture needs, with its exact shape: the embedding, each layer, the last norm, the head.
 */
public final class WeightLayout {
    private static final int SLICE = 1 << 28;

    /** The entries of a layer in {@code decoder.py}. */
    private static final int SLOTS = 21;

    private static final int BIAS = 8; // offset from a projection's slot to its bias

    private final boolean tied;
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
    private final Map<String, Integer> layers = new HashMap<>();
    private final int[] slots;

    private WeightLayout(Architecture architecture) {
        tied = architecture.embedding().tied();
        slots = new int[SLOTS * architecture.dimensions().layers()];
        Arrays.fill(slots, -1);
        long hidden = architecture.dimensions().hiddenSize();
        List<Long> embedding = List.of((long) architecture.dimensions().vocabSize(), hidden);
        shapes.put(TensorNames.EMBEDDING, embedding);
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            addLayer(architecture, layer);
        }
        shapes.put(TensorNames.NORM, List.of(hidden));
        if (!tied) {
            shapes.put(TensorNames.HEAD, embedding);
        }
    }

    /** The layout of an architecture; it includes the head only if it is not tied. */
    public static WeightLayout of(Architecture architecture) {
        return new WeightLayout(architecture);
    }

    private void addLayer(Architecture architecture, int layer) {
        long hidden = architecture.dimensions().hiddenSize();
        boolean sandwich = architecture.norm().sandwich();
        add(layer, 0, TensorNames.norm(layer, "input_layernorm"), hidden);
        for (Projection projection : Projection.of(architecture)) {
            if (projection.slot() == Projection.GATE_PROJ.slot()) {
                if (sandwich) {
                    add(layer, 19, TensorNames.norm(layer, "post_attention_layernorm"), hidden);
                }
                String norm = sandwich ? "pre_feedforward_layernorm" : "post_attention_layernorm";
                add(layer, 5, TensorNames.norm(layer, norm), hidden);
            }
            long out = projection.out(architecture);
            add(layer, projection.slot(), TensorNames.weight(layer, projection), out, projection.in(architecture));
            if (projection.biased(architecture)) {
                add(layer, projection.slot() + BIAS, TensorNames.bias(layer, projection), out);
            }
        }
        if (sandwich) {
            add(layer, 20, TensorNames.norm(layer, "post_feedforward_layernorm"), hidden);
        }
        if (architecture.norm().heads()) {
            long head = architecture.attention().headDim();
            add(layer, 17, TensorNames.norm(layer, "self_attn.q_norm"), head);
            add(layer, 18, TensorNames.norm(layer, "self_attn.k_norm"), head);
        }
    }

    private void add(int layer, int slot, String name, long... shape) {
        slots[SLOTS * layer + slot] = shapes.size();
        layers.put(name, layer);
        shapes.put(name, Arrays.stream(shape).boxed().toList());
    }

    /**
     * For each layer and each of its entries, numbered as in {@code decoder.py}, the index of its tensor in {@link
     * #names()}, or -1 if the architecture does not have it.
     */
    public int[] slots() {
        return slots.clone();
    }

    /** Whether a tensor is the matrix of a linear layer of the decoder, not the embedding or the head. */
    public boolean isLinear(String name) {
        return shape(name).size() == 2 && !name.equals(TensorNames.EMBEDDING) && !name.equals(TensorNames.HEAD);
    }

    /** The layer that a tensor belongs to; empty for the embedding, the last norm and the head. */
    public OptionalInt layer(String name) {
        Integer layer = layers.get(name);
        return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
    }

    /** The names in the fixed order that the whole runtime uses. */
    public List<String> names() {
        return List.copyOf(shapes.keySet());
    }

    /**
     * The shape of one tensor.
     *
     * @throws IllegalArgumentException if the layout has no such tensor
     */
    public List<Long> shape(String name) {
        List<Long> shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("no tensor named " + name + " in this architecture");
        }
        return shape;
    }

    /**
     * Checks that weights hold every tensor of this layout, with its exact shape and a supported type, and no others.
     * It accepts the rotary tables of old files, and a head that repeats a tied embedding byte for byte.
     *
     * @param display the model as the user would write its path
     * @throws InvalidInputException naming the file and the tensor
     */
    public void check(Weights weights, String display) {
        for (Map.Entry<String, List<Long>> expected : shapes.entrySet()) {
            checkTensor(weights, expected.getKey(), expected.getValue(), display);
        }
        for (String name : weights.tensors().keySet()) {
            if (shapes.containsKey(name) || name.endsWith(".rotary_emb.inv_freq")) {
                continue;
            }
            if (!tied || !name.equals(TensorNames.HEAD)) {
                throw new InvalidInputException(weights.file(name) + ": the tensor " + name
                        + " does not belong to the architecture in config.json, so it would be ignored.");
            }
            if (!sameTensor(weights, TensorNames.HEAD, TensorNames.EMBEDDING)) {
                throw new InvalidInputException(weights.file(name) + ": " + name + " differs from "
                        + TensorNames.EMBEDDING + ", but config.json says tie_word_embeddings: true."
                        + " Set it to false if the model has its own head.");
            }
        }
    }

    private static void checkTensor(Weights weights, String name, List<Long> shape, String display) {
        TensorInfo tensor = weights.tensors().get(name);
        if (tensor == null) {
            throw new InvalidInputException(display + ": the tensor " + name + " of shape " + TensorInfo.format(shape)
                    + " is missing from the weights.");
        }
        if (!tensor.shape().equals(shape)) {
            throw new InvalidInputException(weights.file(name) + ": the tensor " + name + " has the shape "
                    + TensorInfo.format(tensor.shape()) + ", but config.json requires " + TensorInfo.format(shape)
                    + ".");
        }
        if (!tensor.dtype().isWeight()) {
            throw new InvalidInputException(weights.file(name) + ": the tensor " + name + " is of type "
                    + tensor.dtype() + "; supported types are F32, F16 and BF16.");
        }
    }

    private static boolean sameTensor(Weights weights, String name, String other) {
        TensorInfo one = weights.tensor(name);
        TensorInfo two = weights.tensor(other);
        if (one.dtype() != two.dtype()
                || !one.shape().equals(two.shape())
                || weights.quantized(name).isPresent()
                || weights.quantized(other).isPresent()) {
            return false;
        }
        for (long offset = 0; offset < one.size(); offset += SLICE) {
            int length = (int) Math.min(SLICE, one.size() - offset);
            if (!weights.bytes(name, offset, length).equals(weights.bytes(other, offset, length))) {
                return false;
            }
        }
        return true;
    }
}
