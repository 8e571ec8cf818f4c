package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.model.Architecture.Activation;
import io.github.ftmaven.runtime.model.Architecture.Attention;
import io.github.ftmaven.runtime.model.Architecture.Biases;
import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.Embedding;
import io.github.ftmaven.runtime.model.Architecture.Norm;
import io.github.ftmaven.runtime.model.Architecture.Parameters;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the keys that all families share, and collects the values that a family sets itself. */
final class ArchitectureBuilder {
    private static final Map<String, DType> DTYPES =
            Map.of("float32", DType.F32, "float16", DType.F16, "bfloat16", DType.BF16);

    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "silu", Activation.SILU,
            "swish", Activation.SILU,
            "gelu", Activation.GELU,
            "gelu_new", Activation.GELU_TANH,
            "gelu_pytorch_tanh", Activation.GELU_TANH);

    /**
     * Far beyond every published model. Larger values are mistakes, which would otherwise fail later for lack of
     * memory.
     */
    private static final int LARGEST_WIDTH = 1 << 20;

    private static final int LARGEST_VOCABULARY = 1 << 24;
    private static final int MOST_LAYERS = 10_000;

    /**
     * The defaults of a family's configuration in transformers.
     *
     * @param maxPositions {@code max_position_embeddings}
     * @param epsilon {@code rms_norm_eps}
     * @param tied {@code tie_word_embeddings}
     */
    record Defaults(
            Dimensions dimensions,
            Heads heads,
            int maxPositions,
            double epsilon,
            boolean tied,
            SpecialTokens specialTokens) {}

    /**
     * The default attention heads.
     *
     * @param kv 0 for as many as heads
     * @param dim 0 for hidden size / heads
     */
    record Heads(int count, int kv, int dim) {}

    private final String family;
    private final JsonObjectFile config;
    private final Defaults defaults;
    private final Dimensions dimensions;
    private final int heads;
    private final int kvHeads;
    private final int headDim;
    private final int maxPositions;

    private double scale;
    private double attentionCap;
    private double logitCap;
    private int window;
    private List<Boolean> sliding;
    private double normOffset;
    private boolean sandwich;
    private boolean headNorms;
    private Activation activation = Activation.SILU;
    private Biases biases = new Biases(false, false, false);
    private boolean fused;
    private double embeddingScale = 1;
    private @Nullable Rope rope;
    private JsonObjectFile whole;

    ArchitectureBuilder(String family, JsonObjectFile config, Defaults defaults) {
        this.family = family;
        this.config = config;
        this.whole = config;
        this.defaults = defaults;
        Dimensions usual = defaults.dimensions();
        dimensions = new Dimensions(
                config.integer("vocab_size", 1, LARGEST_VOCABULARY, usual.vocabSize()),
                config.integer("hidden_size", 1, LARGEST_WIDTH, usual.hiddenSize()),
                config.integer("num_hidden_layers", 1, MOST_LAYERS, usual.layers()),
                config.integer("intermediate_size", 1, LARGEST_WIDTH, usual.intermediateSize()));
        heads = config.integer(
                "num_attention_heads", 1, LARGEST_WIDTH, defaults.heads().count());
        kvHeads = readKvHeads();
        headDim = readHeadDim();
        maxPositions = config.integer("max_position_embeddings", 1, Integer.MAX_VALUE, defaults.maxPositions());
        scale = Math.pow(headDim, -0.5);
        sliding = Collections.nCopies(dimensions.layers(), false);
    }

    private int readKvHeads() {
        String key = "num_key_value_heads";
        boolean derived = defaults.heads().kv() == 0 || config.isNull(key);
        int kvHeads = config.integer(
                key,
                1,
                heads,
                derived ? heads : Math.min(heads, defaults.heads().kv()));
        if (heads % kvHeads != 0) {
            throw config.invalid(key, "must divide num_attention_heads, which is " + heads);
        }
        return kvHeads;
    }

    private int readHeadDim() {
        boolean derived = defaults.heads().dim() == 0 || config.isNull("head_dim");
        if (derived && !config.has("head_dim") && dimensions.hiddenSize() % heads != 0) {
            throw config.invalid(
                    "num_attention_heads",
                    "must divide hidden_size, which is " + dimensions.hiddenSize() + " if head_dim is not set");
        }
        int fallback =
                derived ? dimensions.hiddenSize() / heads : defaults.heads().dim();
        int width = config.integer("head_dim", 1, LARGEST_WIDTH / heads, fallback);
        if (width % 2 != 0) {
            throw config.invalid(
                    config.has("head_dim") ? "head_dim" : "num_attention_heads",
                    "the width of a head must be even to rotate it in pairs, not " + width);
        }
        return width;
    }

    JsonObjectFile config() {
        return config;
    }

    int headDim() {
        return headDim;
    }

    int maxPositions() {
        return maxPositions;
    }

    int hiddenSize() {
        return dimensions.hiddenSize();
    }

    /** One value per layer. */
    List<Boolean> layers(IntPredicate which) {
        List<Boolean> layers = new ArrayList<>();
        for (int layer = 0; layer < dimensions.layers(); layer++) {
            layers.add(which.test(layer));
        }
        return layers;
    }

    /** The activation that a key names. */
    ArchitectureBuilder activation(String key, String fallback) {
        return named(key, config.text(key, fallback));
    }

    /** The activation of a name, which a key decides. */
    ArchitectureBuilder named(String key, String name) {
        Activation found = ACTIVATIONS.get(name);
        if (found == null) {
            throw config.invalid(
                    key, "supported values are: " + String.join(", ", new TreeSet<>(ACTIVATIONS.keySet())));
        }
        activation = found;
        return this;
    }

    ArchitectureBuilder biases(boolean qkv, boolean output, boolean mlp) {
        biases = new Biases(qkv, output, mlp);
        return this;
    }

    ArchitectureBuilder fused() {
        fused = true;
        return this;
    }

    ArchitectureBuilder headNorms() {
        headNorms = true;
        return this;
    }

    /** Gemma's norms, which store weights minus 1, and its embeddings, scaled by the root of their width. */
    ArchitectureBuilder gemma(boolean withSandwich) {
        normOffset = 1;
        sandwich = withSandwich;
        embeddingScale = (float) Math.sqrt(dimensions.hiddenSize());
        return this;
    }

    ArchitectureBuilder scale(double value) {
        scale = value;
        return this;
    }

    ArchitectureBuilder caps(double attention, double logits) {
        attentionCap = attention;
        logitCap = logits;
        return this;
    }

    /**
     * Sliding windows in the layers that {@code layer_types} names, if it is present.
     *
     * @param size 0 for none
     * @param which the layers that slide if {@code layer_types} is absent
     */
    ArchitectureBuilder window(int size, IntPredicate which) {
        return window(size, config.has("layer_types") ? layerTypes() : layers(layer -> size > 0 && which.test(layer)));
    }

    /**
     * The same sliding window in every layer, for a family that ignores {@code layer_types}: it must agree.
     *
     * @param size 0 for none
     */
    ArchitectureBuilder window(int size) {
        List<Boolean> all = layers(layer -> size > 0);
        if (config.has("layer_types") && !layerTypes().equals(all)) {
            throw config.invalid(
                    "layer_types",
                    "in models of type " + family + " all layers have the same type: full_attention, or with a"
                            + " sliding_window, sliding_attention");
        }
        return window(size, all);
    }

    private ArchitectureBuilder window(int size, List<Boolean> layers) {
        if (size == 0 && layers.contains(true)) {
            throw config.invalid("layer_types", "sliding_window is not set, and sliding layers need it");
        }
        sliding = layers;
        window = layers.contains(true) ? size : 0;
        return this;
    }

    private List<Boolean> layerTypes() {
        List<Boolean> types = new ArrayList<>();
        for (JsonNode type : config.node("layer_types")) {
            String name = type.asText();
            if (!name.equals("full_attention") && !name.equals("sliding_attention")) {
                throw config.invalid("layer_types", "supported values are: full_attention, sliding_attention");
            }
            types.add(name.equals("sliding_attention"));
        }
        if (types.size() != dimensions.layers()) {
            throw config.invalid("layer_types", "must name a type for each of the " + dimensions.layers() + " layers");
        }
        return types;
    }

    List<Boolean> sliding() {
        return sliding;
    }

    ArchitectureBuilder rope(Rope value) {
        rope = value;
        return this;
    }

    /** Rotary positions that are the same in every layer. */
    ArchitectureBuilder rope(double theta, int width) {
        return rope(theta, width, 0);
    }

    /** The same for a family with its own default of the context that longrope stretches. */
    ArchitectureBuilder rope(double theta, int width, int original) {
        return rope(new RopeReader(config, maxPositions, width).rope(theta, dimensions.layers(), original));
    }

    /** The text part of a multimodal model, whose outer configuration also sets the head and the special tokens. */
    ArchitectureBuilder within(JsonObjectFile model) {
        boolean tied = isTied(config);
        boolean outer = model.flag("tie_word_embeddings", tied && !model.isNull("tie_word_embeddings"));
        if (outer != tied) {
            throw model.invalid("tie_word_embeddings", "the text_config says " + tied + "; both must agree");
        }
        whole = model;
        return this;
    }

    private boolean isTied(JsonObjectFile file) {
        // Python treats null as false.
        return file.flag("tie_word_embeddings", defaults.tied() && !file.isNull("tie_word_embeddings"));
    }

    /** Limits the length of a document: beyond it the model would compute something else. */
    ArchitectureBuilder longest(int positions) {
        Rope all = positions();
        return rope(
                new Rope(Math.min(all.maxPositions(), positions), all.width(), all.tables(), all.layers(), all.near()));
    }

    private Rope positions() {
        if (rope == null) {
            throw new IllegalStateException("a family sets its rotary positions");
        }
        return rope;
    }

    Architecture build() {
        return new Architecture(
                family,
                dimensions,
                new Attention(heads, kvHeads, headDim, scale, attentionCap, window, sliding),
                positions(),
                new Norm(config.positive("rms_norm_eps", defaults.epsilon()), normOffset, sandwich, headNorms),
                activation,
                new Embedding(embeddingScale, isTied(config), logitCap),
                specialTokens(),
                new Parameters(biases, fused, config.positive("initializer_range", 0.02), dtype()));
    }

    private SpecialTokens specialTokens() {
        Integer usual = defaults.specialTokens().bos();
        List<Integer> bos = tokens("bos_token_id", usual == null ? List.of() : List.of(usual));
        if (bos.size() > 1) {
            throw config.invalid("bos_token_id", "must be one token id");
        }
        return new SpecialTokens(
                bos.isEmpty() ? null : bos.get(0),
                tokens("eos_token_id", defaults.specialTokens().eos()));
    }

    /** Token ids: a number or a list. An absent key means the default, an explicit null means no tokens. */
    private List<Integer> tokens(String key, List<Integer> fallback) {
        config.node(key);
        JsonObjectFile file = whole.has(key) ? whole : config;
        if (file.has(key)) {
            return TokenIds.read(file, key, dimensions.vocabSize());
        }
        boolean fits = fallback.stream().allMatch(id -> id < dimensions.vocabSize());
        return config.isNull(key) || !fits ? List.of() : fallback;
    }

    /** The type under either name; transformers used the second one before 4.56. */
    private @Nullable DType dtype() {
        DType dtype = null;
        for (JsonObjectFile file : List.of(config, whole)) {
            for (String key : List.of("torch_dtype", "dtype")) {
                if (file.has(key)) {
                    dtype = dtype(file, key);
                }
            }
        }
        return dtype;
    }

    private static DType dtype(JsonObjectFile file, String key) {
        String name = file.text(key, "");
        DType dtype = DTYPES.get(name.startsWith("torch.") ? name.substring("torch.".length()) : name);
        if (dtype == null) {
            throw file.invalid(key, "must be float32, float16 or bfloat16");
        }
        return dtype;
    }
}
