package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.memory.AttentionBytes;
import io.github.ftmaven.runtime.memory.Trained;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Architecture.Activation;
import io.github.ftmaven.runtime.model.Architecture.Attention;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.Table;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.Floats;
import io.github.ftmaven.runtime.model.Projection;
import io.github.ftmaven.runtime.model.TensorNames;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads {@code decoder.py} with the attributes that describe an architecture, its weights and an adapter. */
final class DecoderScript {
    /** They form one class. */
    private static final List<String> FILES = List.of(
            "decoder.py", "attention.py", "decoding.py", "optimizer.py", "offloading.py", Conversion.DEQUANTIZATION);

    /** The slots of a layer in {@code decoder.py} that an adapter may name. */
    static final int ADAPTABLE = 9;

    /** Asking a GPU whether all answers have ended costs about as much as a token. */
    private static final int ANSWER_TOKENS_AT_ONCE = 16;

    private DecoderScript() {}

    /**
     * Loads the program.
     *
     * @param modes how training computes
     */
    static Script load(
            Arena arena, Architecture architecture, BaseTensors base, @Nullable LoraTensors adapter, Modes modes) {
        return Script.load(arena, FILES, "Decoder", attributes(architecture, base, adapter, modes, arena.isOnGpu()));
    }

    /** The program's archive for {@code torch.jit.load}. */
    static byte[] archive(
            Architecture architecture, BaseTensors base, @Nullable LoraTensors adapter, Modes modes, boolean onGpu) {
        return Script.archive(FILES, "Decoder", attributes(architecture, base, adapter, modes, onGpu));
    }

    /**
     * How a decoder trains.
     *
     * @param recompute whether it keeps only the inputs of layers and recomputes each layer
     * @param deterministic whether a GPU uses only kernels that repeat to the bit; a CPU always does
     * @param logitsAtOnce about how many logits are in memory at once while a loss is computed
     */
    record Modes(boolean recompute, boolean deterministic, int logitsAtOnce) {}

    private static Map<String, Object> attributes(
            Architecture architecture, BaseTensors base, @Nullable LoraTensors adapter, Modes modes, boolean onGpu) {
        boolean bf16 = base.type() == DType.BF16;
        Attention attention = architecture.attention();
        Rope rope = architecture.rope();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("layers", architecture.dimensions().layers());
        attributes.put("slots", WeightLayout.of(architecture).slots());
        attributes.put("heads", attention.heads());
        attributes.put("kv_heads", attention.kvHeads());
        attributes.put("head_dim", attention.headDim());
        attributes.put("norm_eps", architecture.norm().epsilon());
        attributes.put("norm_offset", architecture.norm().offset());
        attributes.put("activation", activation(architecture.activation()));
        double scale = architecture.embedding().scale();
        attributes.put("bf16", bf16);
        attributes.put("flash", false); // AttentionKernel may choose it
        attributes.put("fused_above", unfused(base.type(), modes.deterministic(), onGpu));
        attributes.put("embedding_scale", bf16 ? (double) Floats.rounded(scale, DType.BF16) : scale);
        attributes.put("attention_scale", attention.scale());
        attributes.put("attention_cap", attention.cap());
        attributes.put("logit_cap", architecture.embedding().logitCap());
        attributes.put("window", attention.window());
        attributes.put(
                "sliding",
                attention.sliding().stream().mapToInt(on -> on ? 1 : 0).toArray());
        attributes.put("rope_dim", rope.width());
        attributes.put(
                "rope_theta", rope.tables().stream().mapToDouble(Table::theta).toArray());
        attributes.put(
                "rope_stretch",
                rope.tables().stream()
                        .flatMap(t -> t.stretch().stream())
                        .mapToDouble(Double::doubleValue)
                        .toArray());
        attributes.put(
                "rope_factor", rope.tables().stream().mapToDouble(Table::factor).toArray());
        attributes.put(
                "rope_table", rope.layers().stream().mapToInt(Integer::intValue).toArray());
        attributes.put("frequencies", List.of());
        attributes.put("rope_far", rope.near() < Integer.MAX_VALUE);
        attributes.put("tied", architecture.embedding().tied());
        attributes.put("full", adapter == null);
        attributes.put("pairs", pairs(architecture, adapter));
        attributes.put("scales", adapter == null ? new double[0] : adapter.scales());
        attributes.put("dora", adapter != null && adapter.layout().dora());
        attributes.put(
                "fold",
                adapter != null
                        && adapter.dropout() == 0
                        && !bf16 // would round s B A to the precision of W
                        && (adapter.layout().dora() || Trained.isFoldingCheaper(adapter.layout())));
        attributes.put("dropout", adapter == null ? 0.0 : adapter.dropout());
        attributes.put("recompute", modes.recompute() || base.offloaded());
        attributes.put("patience", onGpu ? ANSWER_TOKENS_AT_ONCE : 1);
        attributes.put("shape", new int[0]);
        attributes.put("seeds", new int[0]);
        attributes.put("logits_at_once", modes.logitsAtOnce());
        attributes.put("quantized", quantized(architecture, base));
        attributes.put("offload", base.offloaded());
        attributes.put("ahead", List.of());
        attributes.put("ahead_of", -1);
        attributes.put("brought", 0);
        attributes.putAll(Conversion.tables());
        return attributes;
    }

    private static int unfused(DType type, boolean deterministic, boolean onGpu) {
        if (onGpu && deterministic) {
            return Integer.MAX_VALUE; // the gradients of fused kernels add in an order that changes
        }
        return AttentionBytes.fusedAbove(type, onGpu);
    }

    private static int[] quantized(Architecture architecture, BaseTensors base) {
        int[] quantized = new int[4 * ADAPTABLE * architecture.dimensions().layers()];
        WeightLayout layout = WeightLayout.of(architecture);
        List<String> names = layout.names();
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            for (Projection projection : Projection.of(architecture)) {
                BaseTensors.HeldAs held = base.quantized().get(names.indexOf(TensorNames.weight(layer, projection)));
                int start = 4 * (ADAPTABLE * layer + projection.slot());
                quantized[start + 1] = projection.out(architecture);
                quantized[start + 2] = projection.in(architecture);
                if (held != null) {
                    quantized[start] = held.format().code();
                    quantized[start + 3] = Conversion.code(held.type());
                }
            }
        }
        return quantized;
    }

    private static int activation(Activation activation) {
        return switch (activation) {
            case SILU -> 0;
            case GELU_TANH -> 1;
            case GELU -> 2;
        };
    }

    private static int[] pairs(Architecture architecture, @Nullable LoraTensors adapter) {
        int[] pairs = new int[ADAPTABLE * architecture.dimensions().layers()];
        Arrays.fill(pairs, -1);
        if (adapter != null) {
            List<LoraModule> modules = adapter.layout().modules();
            for (int i = 0; i < modules.size(); i++) {
                pairs[
                        ADAPTABLE * modules.get(i).layer()
                                + modules.get(i).projection().slot()] = i;
            }
        }
        return pairs;
    }
}
