package io.github.ftmaven.runtime.model;

import java.util.List;

/** The linear modules of one decoder layer, in the order of its computation. A weight has the shape {@code [out, in]}. */
public enum Projection {
    Q_PROJ("self_attn.q_proj", 1),
    K_PROJ("self_attn.k_proj", 2),
    V_PROJ("self_attn.v_proj", 3),
    /** Queries, keys and values in one module, as in Phi-3. */
    QKV_PROJ("self_attn.qkv_proj", 1),
    O_PROJ("self_attn.o_proj", 4),
    GATE_PROJ("mlp.gate_proj", 6),
    UP_PROJ("mlp.up_proj", 7),
    /** Gate and up in one module, as in Phi-3. */
    GATE_UP_PROJ("mlp.gate_up_proj", 6),
    DOWN_PROJ("mlp.down_proj", 8);

    private static final List<Projection> APART =
            List.of(Q_PROJ, K_PROJ, V_PROJ, O_PROJ, GATE_PROJ, UP_PROJ, DOWN_PROJ);
    private static final List<Projection> FUSED = List.of(QKV_PROJ, O_PROJ, GATE_UP_PROJ, DOWN_PROJ);

    private final String path;
    private final int slot;

    Projection(String path, int slot) {
        this.path = path;
        this.slot = slot;
    }

    /** The linear modules that a layer of an architecture has. */
    public static List<Projection> of(Architecture architecture) {
        return architecture.parameters().fused() ? FUSED : APART;
    }

    /** The slot of the module among the entries of a layer in {@code decoder.py}. */
    public int slot() {
        return slot;
    }

    /** Whether the module has a bias in an architecture. */
    boolean biased(Architecture architecture) {
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ, QKV_PROJ ->
                architecture.parameters().biases().qkv();
            case O_PROJ -> architecture.parameters().biases().output();
            case GATE_PROJ, UP_PROJ, GATE_UP_PROJ, DOWN_PROJ ->
                architecture.parameters().biases().mlp();
        };
    }

    /** The name inside the layer, as in {@code self_attn.q_proj}. */
    public String path() {
        return path;
    }

    /** The last part of the name, as in {@code q_proj}. */
    public String shortName() {
        return path.substring(path.indexOf('.') + 1);
    }

    /** The width of the input. */
    public int in(Architecture architecture) {
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ, QKV_PROJ, GATE_PROJ, UP_PROJ, GATE_UP_PROJ ->
                architecture.dimensions().hiddenSize();
            case O_PROJ -> architecture.attention().queryWidth();
            case DOWN_PROJ -> architecture.dimensions().intermediateSize();
        };
    }

    /** The width of the output. */
    public int out(Architecture architecture) {
        return switch (this) {
            case Q_PROJ -> architecture.attention().queryWidth();
            case K_PROJ, V_PROJ -> architecture.attention().keyValueWidth();
            case QKV_PROJ ->
                architecture.attention().queryWidth()
                        + 2 * architecture.attention().keyValueWidth();
            case GATE_UP_PROJ -> 2 * architecture.dimensions().intermediateSize();
            case O_PROJ, DOWN_PROJ -> architecture.dimensions().hiddenSize();
            case GATE_PROJ, UP_PROJ -> architecture.dimensions().intermediateSize();
        };
    }
}
