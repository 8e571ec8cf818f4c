package io.github.ftmaven.runtime.adapter;

import java.nio.FloatBuffer;

/**
 * The trained values of one {@link LoraModule}, between position and limit.
 *
 * @param a {@code [rank, in]}, row-major
 * @param b {@code [out, rank]}, row-major, unscaled
 */
public record LoraWeights(FloatBuffer a, FloatBuffer b) {}
