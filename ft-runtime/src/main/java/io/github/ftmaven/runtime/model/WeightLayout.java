package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every tensor an architecture needs with its exact shape: the embedding, each layer, the last norm, the head. */
public final class WeightLayout {
    private static final int SLICE = 1 << 28;

    private final boolean tied;
    private final Map<String, List<Long>> shapes;

    private WeightLayout(boolean tied, Map<String, List<Long>> shapes) {
        this.tied = tied;
        this.shapes = shapes;
    }

    /** The layout of an architecture; the head is part of it only when it is not tied. */
    public static WeightLayout of(Architecture architecture) {
        long hidden = architecture.dimensions().hiddenSize();
        List<Long> embedding = List.of((long) architecture.dimensions().vocabSize(), hidden);
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put(TensorNames.EMBEDDING, embedding);
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            shapes.put(TensorNames.norm(layer, "input_layernorm"), List.of(hidden));
            for (Projection projection : Projection.values()) {
                if (projection == Projection.GATE_PROJ) {
                    shapes.put(TensorNames.norm(layer, "post_attention_layernorm"), List.of(hidden));
                }
                shapes.put(TensorNames.weight(layer, projection), List.of((long) projection.out(architecture), (long)
                        projection.in(architecture)));
            }
        }
        shapes.put(TensorNames.NORM, List.of(hidden));
        if (!architecture.tied()) {
            shapes.put(TensorNames.HEAD, embedding);
        }
        return new WeightLayout(architecture.tied(), shapes);
    }

    /** The names in the fixed order every part of the runtime uses. */
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
     * Checks that weights hold every tensor of this layout, of its exact shape and a supported type, and no other.
     * Left out of the check are rotary tables of old files; and a head that repeats a tied embedding byte for byte.
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
                        + " has no place in the architecture that config.json describes, so it would be ignored.");
            }
            if (!sameTensor(weights, TensorNames.HEAD, TensorNames.EMBEDDING)) {
                throw new InvalidInputException(weights.file(name) + ": " + name + " differs from "
                        + TensorNames.EMBEDDING + ", though config.json says tie_word_embeddings: true."
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
                    + TensorInfo.format(tensor.shape()) + ", but config.json asks for " + TensorInfo.format(shape)
                    + ".");
        }
        if (!tensor.dtype().isWeight()) {
            throw new InvalidInputException(weights.file(name) + ": the tensor " + name + " is of type "
                    + tensor.dtype() + "; supported are F32, F16 and BF16.");
        }
    }

    private static boolean sameTensor(Weights weights, String name, String other) {
        TensorInfo one = weights.tensor(name);
        TensorInfo two = weights.tensor(other);
        if (one.dtype() != two.dtype() || !one.shape().equals(two.shape())) {
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
