package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.model.Architecture.Activation;
import io.github.ftmaven.runtime.model.Architecture.Attention;
import io.github.ftmaven.runtime.model.Architecture.Biases;
import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.Norm;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the keys that all families share, and takes what a family sets beside them. */
final class ArchitectureBuilder {
    private static final Map<String, DType> DTYPES =
            Map.of("float32", DType.F32, "float16", DType.F16, "bfloat16", DType.BF16);

    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "silu", Activation.SILU,
            "swish", Activation.SILU,
            "gelu", Activation.GELU,
            "gelu_new", Activation.GELU_TANH,
            "gelu_pytorch_tanh", Activation.GELU_TANH);

    /** Far beyond every published model; larger values are mistakes that would only fail later, for lack of memory. */
    private static final int LARGEST_WIDTH = 1 << 20;

    private static final int LARGEST_VOCABULARY = 1 << 24;
    private static final int MOST_LAYERS = 10_000;

    /**
     * What a family's configuration in transformers has for missing keys.
     *
     * @param kvHeads 0 for as many as heads
     * @param headDim 0 for hidden size / heads
     * @param bos null for none
     */
    record Defaults(
            int vocabSize,
            int hiddenSize,
            int layers,
            int intermediateSize,
            int heads,
            int kvHeads,
            int headDim,
            int maxPositions,
            double epsilon,
            boolean tied,
            @Nullable Integer bos,
            List<Integer> eos) {}

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
        dimensions = new Dimensions(
                config.integer("vocab_size", 1, LARGEST_VOCABULARY, defaults.vocabSize()),
                config.integer("hidden_size", 1, LARGEST_WIDTH, defaults.hiddenSize()),
                config.integer("num_hidden_layers", 1, MOST_LAYERS, defaults.layers()),
                config.integer("intermediate_size", 1, LARGEST_WIDTH, defaults.intermediateSize()));
        heads = config.integer("num_attention_heads", 1, LARGEST_WIDTH, defaults.heads());
        kvHeads = readKvHeads();
        headDim = readHeadDim();
        maxPositions = config.integer("max_position_embeddings", 1, Integer.MAX_VALUE, defaults.maxPositions());
        scale = Math.pow(headDim, -0.5);
        sliding = Collections.nCopies(dimensions.layers(), false);
    }

    private int readKvHeads() {
        String key = "num_key_value_heads";
        boolean derived = defaults.kvHeads() == 0 || config.isNull(key);
        int kvHeads = config.integer(key, 1, heads, derived ? heads : Math.min(heads, defaults.kvHeads()));
        if (heads % kvHeads != 0) {
            throw config.invalid(key, "must divide num_attention_heads, which is " + heads);
        }
        return kvHeads;
    }

    private int readHeadDim() {
        boolean derived = defaults.headDim() == 0 || config.isNull("head_dim");
        if (derived && !config.has("head_dim") && dimensions.hiddenSize() % heads != 0) {
            throw config.invalid(
                    "num_attention_heads",
                    "must divide hidden_size, which is " + dimensions.hiddenSize() + ", when there is no head_dim");
        }
        int fallback = derived ? dimensions.hiddenSize() / heads : defaults.headDim();
        int width = config.integer("head_dim", 1, LARGEST_WIDTH / heads, fallback);
        if (width % 2 != 0) {
            throw config.invalid(
                    config.has("head_dim") ? "head_dim" : "num_attention_heads",
                    "a head must be of even width, not " + width + ", to be rotated in pairs");
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

    /** One value a layer. */
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
            throw config.invalid(key, "supported is: " + String.join(", ", new TreeSet<>(ACTIVATIONS.keySet())));
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

    /** Gemma's norms, whose weights are kept less 1, and its embeddings, scaled by the root of their width. */
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
     * Sliding windows in the layers that {@code layer_types} says, where it is given.
     *
     * @param size 0 for none
     * @param which the layers that slide if {@code layer_types} does not say
     */
    ArchitectureBuilder window(int size, IntPredicate which) {
        return window(size, config.has("layer_types") ? layerTypes() : layers(layer -> size > 0 && which.test(layer)));
    }

    /**
     * The same sliding window in every layer, of a family in which {@code layer_types} decides nothing: it may only say
     * the same.
     *
     * @param size 0 for none
     */
    ArchitectureBuilder window(int size) {
        List<Boolean> all = layers(layer -> size > 0);
        if (config.has("layer_types") && !layerTypes().equals(all)) {
            throw config.invalid(
                    "layer_types",
                    "in models of type " + family + " every layer is of one kind: full_attention, or with a"
                            + " sliding_window sliding_attention");
        }
        return window(size, all);
    }

    private ArchitectureBuilder window(int size, List<Boolean> layers) {
        if (size == 0 && layers.contains(true)) {
            throw config.invalid("layer_types", "sliding_window is not set for the layers that slide");
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
                throw config.invalid("layer_types", "supported is: full_attention, sliding_attention");
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

    /** The same, of a family whose longrope stretches a context of its own where nothing stands beside it. */
    ArchitectureBuilder rope(double theta, int width, int original) {
        return rope(new RopeReader(config, maxPositions, width).rope(theta, dimensions.layers(), original));
    }

    /** The text part of a model that also sees, whose own configuration says of the head and the special tokens, too. */
    ArchitectureBuilder within(JsonObjectFile model) {
        boolean tied = isTied(config);
        boolean outer = model.flag("tie_word_embeddings", tied && !model.isNull("tie_word_embeddings"));
        if (outer != tied) {
            throw model.invalid("tie_word_embeddings", "the text_config says " + tied + ": both must say the same");
        }
        whole = model;
        return this;
    }

    private boolean isTied(JsonObjectFile file) {
        // Python takes null for false.
        return file.flag("tie_word_embeddings", defaults.tied() && !file.isNull("tie_word_embeddings"));
    }

    /** Limits the length of a document, beyond which the model computes something else. */
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
                biases,
                fused,
                embeddingScale,
                logitCap,
                isTied(config),
                specialTokens(),
                config.positive("initializer_range", 0.02),
                dtype());
    }

    private SpecialTokens specialTokens() {
        List<Integer> bos = tokens("bos_token_id", defaults.bos() == null ? List.of() : List.of(defaults.bos()));
        if (bos.size() > 1) {
            throw config.invalid("bos_token_id", "must be one token id");
        }
        return new SpecialTokens(bos.isEmpty() ? null : bos.get(0), tokens("eos_token_id", defaults.eos()));
    }

    /** Token ids: a number or a list. An absent key has a default, an explicit null means none. */
    private List<Integer> tokens(String key, List<Integer> fallback) {
        config.node(key);
        JsonObjectFile file = whole.has(key) ? whole : config;
        if (file.has(key)) {
            return TokenIds.read(file, key, dimensions.vocabSize());
        }
        boolean fits = fallback.stream().allMatch(id -> id < dimensions.vocabSize());
        return config.isNull(key) || !fits ? List.of() : fallback;
    }

    /** The type under either name, the second of which transformers had before 4.56. */
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
