package io.github.ftmaven.runtime.model;

/** The linear modules of one decoder layer, in the order of its computation. A weight has the shape {@code [out, in]}. */
public enum Projection {
    Q_PROJ("self_attn.q_proj"),
    K_PROJ("self_attn.k_proj"),
    V_PROJ("self_attn.v_proj"),
    O_PROJ("self_attn.o_proj"),
    GATE_PROJ("mlp.gate_proj"),
    UP_PROJ("mlp.up_proj"),
    DOWN_PROJ("mlp.down_proj");

    private final String path;

    Projection(String path) {
        this.path = path;
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
            case Q_PROJ, K_PROJ, V_PROJ, GATE_PROJ, UP_PROJ ->
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
            case O_PROJ, DOWN_PROJ -> architecture.dimensions().hiddenSize();
            case GATE_PROJ, UP_PROJ -> architecture.dimensions().intermediateSize();
        };
    }
}
