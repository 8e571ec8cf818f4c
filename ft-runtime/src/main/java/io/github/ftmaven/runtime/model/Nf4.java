package io.github.ftmaven.runtime.model;

import java.util.Arrays;

/** The two tables of NF4, with the values of bitsandbytes. */
public final class Nf4 {
    /** Quantiles of the normal distribution, scaled to -1..1 (arXiv 2305.14314, appendix E). */
    private static final float[] CODE = {
        -1.0f,
        -0.6961928f,
        -0.52507305f,
        -0.3949175f,
        -0.28444138f,
        -0.18477343f,
        -0.091050036f,
        0.0f,
        0.0795803f,
        0.1609302f,
        0.2461123f,
        0.33791524f,
        0.44070983f,
        0.562617f,
        0.72295684f,
        1.0f
    };

    private static final int EXPONENTS = 7;

    private Nf4() {}

    /** The values of the 16 codes, rising. */
    public static float[] code() {
        return CODE.clone();
    }

    /**
     * The values of the 256 codes of a quantized scale, rising: for each power of ten from 1e-6 to 1 the middles of twice
     * as many equal steps from 0.1 to 1 as for the one before, with both signs; and 0 and 1 (dynamic tree quantization,
     * arXiv 1511.04561).
     */
    public static float[] dynamic() {
        float[] values = new float[256];
        int next = 0;
        for (int exponent = 0; exponent < EXPONENTS; exponent++) {
            int steps = 1 << exponent;
            float power = (float) Math.pow(10, exponent - EXPONENTS + 1);
            for (int i = 0; i < steps; i++) {
                float middle = (boundary(i, steps) + boundary(i + 1, steps)) / 2;
                values[next++] = power * middle;
                values[next++] = -power * middle;
            }
        }
        values[next++] = 0;
        values[next] = 1;
        Arrays.sort(values);
        return values;
    }

    /** Counted from the nearer end, as {@code torch.linspace} does. */
    private static float boundary(int i, int steps) {
        float step = (1 - 0.1f) / steps;
        return i < (steps + 1) / 2 ? Math.fma(step, i, 0.1f) : Math.fma(-step, steps - i, 1);
    }
}
