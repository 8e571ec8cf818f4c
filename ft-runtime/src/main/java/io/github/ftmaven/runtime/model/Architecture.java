package io.github.ftmaven.runtime.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of the Llama family as {@code config.json} describes it, with every default filled in and every value
 * checked: RMS norm, rotary positions in the half-split layout, grouped-query attention and a SwiGLU MLP, no biases.
 *
 * @param normEpsilon added to the mean square in every RMS norm
 * @param tied whether the output projection is the embedding itself
 * @param initializerRange standard deviation of newly drawn weights
 * @param dtype the type the weights were saved in, as the file claims; null if it does not say
 */
public record Architecture(
        Dimensions dimensions,
        Attention attention,
        Rope rope,
        double normEpsilon,
        boolean tied,
        SpecialTokens specialTokens,
        double initializerRange,
        @Nullable DType dtype) {

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
     */
    public record Attention(int heads, int kvHeads, int headDim) {
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
     * @param theta base of the frequencies {@code theta^(-2i/headDim)}
     * @param maxPositions the longest sequence the model was made for, in tokens
     */
    public record Rope(double theta, int maxPositions) {}

    /**
     * Token ids with a meaning.
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
