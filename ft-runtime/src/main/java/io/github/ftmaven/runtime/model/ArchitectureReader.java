package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture.Attention;
import io.github.ftmaven.runtime.model.Architecture.Dimensions;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.SpecialTokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code config.json}; the keys keep Hugging Face's names here and nowhere else. */
public final class ArchitectureReader {
    private static final Map<String, DType> DTYPES =
            Map.of("float32", DType.F32, "float16", DType.F16, "bfloat16", DType.BF16);

    /** Far beyond every published model; larger values are mistakes that would only fail later, for lack of memory. */
    private static final int LARGEST_WIDTH = 1 << 20;

    private static final int LARGEST_VOCABULARY = 1 << 24;
    private static final int MOST_LAYERS = 10_000;

    private final JsonObjectFile config;

    private ArchitectureReader(JsonObjectFile config) {
        this.config = config;
    }

    /**
     * Reads the architecture, with the defaults that transformers' {@code LlamaConfig} has for a missing or null key.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if the model is of another family, a key asks for mathematics that is not
     *     implemented or is not known, or a value is impossible
     */
    public static Architecture read(Path configJson, String display) {
        JsonObjectFile config = JsonObjectFile.read(configJson, display);
        ConfigKeys.check(config);
        return new ArchitectureReader(config).read();
    }

    private Architecture read() {
        int vocabSize = config.integer("vocab_size", 1, LARGEST_VOCABULARY, 32_000);
        Attention attention = attention();
        return new Architecture(
                new Dimensions(
                        vocabSize,
                        config.integer("hidden_size", 1, LARGEST_WIDTH, 4096),
                        config.integer("num_hidden_layers", 1, MOST_LAYERS, 32),
                        config.integer("intermediate_size", 1, LARGEST_WIDTH, 11_008)),
                attention,
                new Rope(theta(), config.integer("max_position_embeddings", 1, Integer.MAX_VALUE, 2048)),
                config.positive("rms_norm_eps", 1e-6),
                config.flag("tie_word_embeddings", false),
                specialTokens(vocabSize),
                config.positive("initializer_range", 0.02),
                dtype());
    }

    private Attention attention() {
        int hiddenSize = config.integer("hidden_size", 1, LARGEST_WIDTH, 4096);
        int heads = config.integer("num_attention_heads", 1, LARGEST_WIDTH, 32);
        int kvHeads = config.integer("num_key_value_heads", 1, heads, heads);
        if (heads % kvHeads != 0) {
            throw config.invalid("num_key_value_heads", "must divide num_attention_heads, which is " + heads);
        }
        if (!config.has("head_dim") && hiddenSize % heads != 0) {
            throw config.invalid(
                    "num_attention_heads",
                    "must divide hidden_size, which is " + hiddenSize + ", when there is no head_dim");
        }
        int headDim = config.integer("head_dim", 1, LARGEST_WIDTH / heads, hiddenSize / heads);
        if (headDim % 2 != 0) {
            throw config.invalid(
                    config.has("head_dim") ? "head_dim" : "num_attention_heads",
                    "a head must be of even width, not " + headDim + ", to be rotated in pairs");
        }
        return new Attention(heads, kvHeads, headDim);
    }

    /** transformers 5 keeps theta in {@code rope_parameters}, which wins. */
    private double theta() {
        JsonNode theta = config.node("rope_parameters").path("rope_theta");
        if (theta.isMissingNode() || theta.isNull()) {
            return config.positive("rope_theta", 10_000);
        }
        if (!theta.isNumber() || !Double.isFinite(theta.asDouble()) || theta.asDouble() <= 0) {
            throw config.invalid("rope_parameters", "its rope_theta must be a number above 0");
        }
        return theta.asDouble();
    }

    private SpecialTokens specialTokens(int vocabSize) {
        List<Integer> bos = tokens("bos_token_id", 1, vocabSize);
        if (bos.size() > 1) {
            throw config.invalid("bos_token_id", "must be one token id");
        }
        return new SpecialTokens(bos.isEmpty() ? null : bos.get(0), tokens("eos_token_id", 2, vocabSize));
    }

    /** Token ids: a number or a list. An absent key has a default, an explicit null means none. */
    private List<Integer> tokens(String key, int fallback, int vocabSize) {
        if (!config.has(key)) {
            return config.keys().contains(key) || fallback >= vocabSize ? List.of() : List.of(fallback);
        }
        return TokenIds.read(config, key, vocabSize);
    }

    private @Nullable DType dtype() {
        String key = config.has("dtype") ? "dtype" : "torch_dtype";
        if (!config.has(key)) {
            return null;
        }
        DType dtype = DTYPES.get(config.text(key, ""));
        if (dtype == null) {
            throw config.invalid(key, "must be float32, float16 or bfloat16");
        }
        return dtype;
    }
}
