package io.github.ftmaven.runtime.export;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Projection;
import io.github.ftmaven.runtime.model.TensorNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** llama.cpp's names of architectures and tensors ({@code gguf-py/gguf/constants.py} and {@code tensor_mapping.py}). */
final class GgufNames {
    /** {@code model_type} to {@code general.architecture}. */
    private static final Map<String, String> ARCHITECTURES = Map.of(
            "llama", "llama",
            "mistral", "llama",
            "qwen2", "qwen2",
            "qwen3", "qwen3",
            "phi3", "phi3",
            "gemma", "gemma",
            "gemma2", "gemma2",
            "gemma3", "gemma3",
            "gemma3_text", "gemma3");

    private GgufNames() {}

    /** The {@code general.architecture} of a model. */
    static String architecture(Architecture architecture) {
        String name = ARCHITECTURES.get(architecture.family());
        if (name == null) {
            throw new InvalidInputException(
                    "artifact.formats: gguf: models of type " + architecture.family() + " cannot be written as GGUF.");
        }
        return name;
    }

    /**
     * Whether the rows of q and k are in llama.cpp's order, which interleaves the two halves of a head that rotate
     * together.
     */
    static boolean interleaves(Architecture architecture) {
        return architecture(architecture).equals("llama");
    }

    /** The name of a linear module's weight. */
    static String weight(int layer, Projection projection) {
        return "blk." + layer + "." + module(projection) + ".weight";
    }

    private static String module(Projection projection) {
        return switch (projection) {
            case Q_PROJ -> "attn_q";
            case K_PROJ -> "attn_k";
            case V_PROJ -> "attn_v";
            case QKV_PROJ -> "attn_qkv";
            case O_PROJ -> "attn_output";
            case GATE_PROJ -> "ffn_gate";
            case UP_PROJ, GATE_UP_PROJ -> "ffn_up";
            case DOWN_PROJ -> "ffn_down";
        };
    }

    /** Every tensor of a model without sandwich norms, by its name in safetensors; the order is the layers'. */
    static Map<String, String> tensors(Architecture architecture) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(TensorNames.EMBEDDING, "token_embd.weight");
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            String block = "blk." + layer + ".";
            names.put(TensorNames.norm(layer, "input_layernorm"), block + "attn_norm.weight");
            names.put(TensorNames.norm(layer, "post_attention_layernorm"), block + "ffn_norm.weight");
            names.put(TensorNames.norm(layer, "self_attn.q_norm"), block + "attn_q_norm.weight");
            names.put(TensorNames.norm(layer, "self_attn.k_norm"), block + "attn_k_norm.weight");
            for (Projection projection : Projection.of(architecture)) {
                String name = block + module(projection);
                names.put(TensorNames.weight(layer, projection), name + ".weight");
                names.put(TensorNames.bias(layer, projection), name + ".bias");
            }
        }
        names.put(TensorNames.NORM, "output_norm.weight");
        names.put(TensorNames.HEAD, "output.weight");
        return names;
    }

    /** Whether a tensor's rows belong to the heads of queries or keys. */
    static boolean isRotated(String name) {
        return name.contains(".self_attn.q_proj.") || name.contains(".self_attn.k_proj.");
    }

    /**
     * Reorders the rows of whole heads for llama.cpp: row {@code j} of a head's first half, then row {@code j} of its
     * second.
     */
    static void interleave(float[] values, int rows, int width, int headDim) {
        float[] head = new float[headDim * width];
        for (int start = 0; start < rows; start += headDim) {
            System.arraycopy(values, start * width, head, 0, head.length);
            for (int row = 0; row < headDim; row++) {
                int from = row % 2 * (headDim / 2) + row / 2;
                System.arraycopy(head, from * width, values, (start + row) * width, width);
            }
        }
    }
}
