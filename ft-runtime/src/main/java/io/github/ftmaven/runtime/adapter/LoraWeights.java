package io.github.ftmaven.runtime.adapter;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The trained values of one {@link LoraModule}, between position and limit.
 *
 * @param a {@code [rank, in]}, row-major
 * @param b {@code [out, rank]}, row-major, unscaled
 * @param magnitude {@code [out]}; only for DoRA adapters
 */
public record LoraWeights(
        FloatBuffer a, FloatBuffer b, @Nullable FloatBuffer magnitude) {
    /** Weights without a magnitude. */
    public LoraWeights(FloatBuffer a, FloatBuffer b) {
        this(a, b, null);
    }
}
