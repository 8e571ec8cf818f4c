package io.github.ftmaven.runtime.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder as {@code config.json} describes it, with the defaults of its family filled in and every value checked: RMS
 * norms, rotary positions in the half-split layout, grouped-query attention and a gated MLP. Families differ only in
 * these values; {@code decoder.py} computes all of them.
 *
 * @param family the {@code model_type}
 */
public record Architecture(
        String family,
        Dimensions dimensions,
        Attention attention,
        Rope rope,
        Norm norm,
        Activation activation,
        Embedding embedding,
        SpecialTokens specialTokens,
        Parameters parameters) {

    /**
     * Widths and depth.
     *
     * @param vocabSize rows of the embedding; may exceed the tokenizer's vocabulary
     * @param hiddenSize width of the residual stream
     * @param intermediateSize width inside the MLP
     */
    public record Dimensions(int vocabSize, int hiddenSize, int layers, int intermediateSize) {}

    /**
     * The attention heads; each key/value head serves {@code heads / kvHeads} query heads.
     *
     * @param headDim width of one head, even; {@code heads * headDim} need not be the hidden size
     * @param scale the factor of the product of query and key
     * @param cap bends scores into {@code -cap..cap}; 0 for no cap
     * @param window the number of keys that a token of a sliding layer attends to, including its own; 0 if no layer
     *     slides
     * @param sliding for each layer whether it has the window
     */
    public record Attention(
            int heads, int kvHeads, int headDim, double scale, double cap, int window, List<Boolean> sliding) {
        /** Copies {@code sliding}. */
        public Attention {
            sliding = List.copyOf(sliding);
        }

        /** Width of all query heads: rows of {@code q_proj}, columns of {@code o_proj}. */
        public int queryWidth() {
            return heads * headDim;
        }

        /** Width of all key (or value) heads: rows of {@code k_proj} and of {@code v_proj}. */
        public int keyValueWidth() {
            return kvHeads * headDim;
        }
    }

    /**
     * Rotary positions.
     *
     * @param maxPositions the longest sequence that the model supports, in tokens
     * @param width how many of a head's values are rotated, counted from the first
     * @param tables the tables of frequencies
     * @param layers each layer's table
     * @param near documents longer than this use the second table instead of the first; {@link Integer#MAX_VALUE} if
     *     length does not matter
     */
    public record Rope(int maxPositions, int width, List<Table> tables, List<Integer> layers, int near) {
        /** Copies the lists. */
        public Rope {
            tables = List.copyOf(tables);
            layers = List.copyOf(layers);
        }
    }

    /**
     * The frequencies {@code 1 / (stretch_i theta^(2i/width))}.
     *
     * @param factor the factor of cos and sin
     * @param stretch one for each frequency, 1 for the plain rule
     */
    public record Table(double theta, double factor, List<Double> stretch) {
        /** Copies {@code stretch}. */
        public Table {
            stretch = List.copyOf(stretch);
        }
    }

    /**
     * The norms.
     *
     * @param epsilon added to the mean square
     * @param offset added to every weight: Gemma stores weights minus 1
     * @param sandwich whether a norm also follows attention and MLP
     * @param heads whether each head of queries and keys has one
     */
    public record Norm(double epsilon, double offset, boolean sandwich, boolean heads) {}

    /** The function of the MLP's gate; GELU is the exact one, GELU_TANH its approximation by tanh. */
    public enum Activation {
        SILU,
        GELU_TANH,
        GELU
    }

    /**
     * The embedding and the output projection.
     *
     * @param scale the factor of the embeddings; 1 changes nothing
     * @param tied whether the output projection is the embedding itself
     * @param logitCap bends logits into {@code -cap..cap} by {@code cap tanh(x / cap)}; 0 for no cap
     */
    public record Embedding(double scale, boolean tied, double logitCap) {}

    /**
     * The form of the weights.
     *
     * @param fused whether q, k and v are one module, and gate and up are one
     * @param initializerRange standard deviation of newly drawn weights
     * @param dtype the type of the saved weights according to the file; null if the file does not say
     */
    public record Parameters(
            Biases biases,
            boolean fused,
            double initializerRange,
            @Nullable DType dtype) {}

    /** Which linear modules have a bias: q, k and v; o; those of the MLP. */
    public record Biases(boolean qkv, boolean output, boolean mlp) {}

    /**
     * The special tokens.
     *
     * @param bos starts a sequence; null if the model has none
     * @param eos each of these ends one; may be empty
     */
    public record SpecialTokens(@Nullable Integer bos, List<Integer> eos) {
        /** Copies {@code eos}. */
        public SpecialTokens {
            eos = List.copyOf(eos);
        }
    }
}
