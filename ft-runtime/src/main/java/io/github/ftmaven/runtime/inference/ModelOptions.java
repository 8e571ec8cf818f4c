package io.github.ftmaven.runtime.inference;

import java.util.List;

/**
 * How a model is run.
 *
 * @param maxNewTokens most tokens of an answer, at least 1; a call may say otherwise
 * @param device {@code cpu}, {@code cuda}, or {@code auto} for a GPU where libtorch finds one
 * @param threads CPU threads, at least 1; libtorch has one number for the whole process, and the last model loaded sets it
 * @param verifyWeights whether the digests of the base's weights are compared with those it had in training; reading
 *     them takes seconds for each few gigabytes. Its configuration and tokenizer are compared in any case
 */
public record ModelOptions(int maxNewTokens, String device, int threads, boolean verifyWeights) {
    private static final List<String> DEVICES = List.of("auto", "cpu", "cuda");

    /** Checks the ranges. */
    public ModelOptions {
        requirePositive("maxNewTokens", maxNewTokens);
        requirePositive("threads", threads);
        if (!DEVICES.contains(device)) {
            throw new IllegalArgumentException("device is '" + device + "', which is none of auto, cpu and cuda");
        }
    }

    /** 256 tokens, {@code auto}, as many threads as there are processors, and everything is verified. */
    public static ModelOptions defaults() {
        return new ModelOptions(256, "auto", Runtime.getRuntime().availableProcessors(), true);
    }

    /** The same with another {@link #maxNewTokens}. */
    public ModelOptions withMaxNewTokens(int tokens) {
        return new ModelOptions(tokens, device, threads, verifyWeights);
    }

    /** The same with another {@link #device}. */
    public ModelOptions withDevice(String other) {
        return new ModelOptions(maxNewTokens, other, threads, verifyWeights);
    }

    /** The same with another number of {@link #threads}. */
    public ModelOptions withThreads(int count) {
        return new ModelOptions(maxNewTokens, device, count, verifyWeights);
    }

    /** The same with or without {@link #verifyWeights}. */
    public ModelOptions withVerifyWeights(boolean verify) {
        return new ModelOptions(maxNewTokens, device, threads, verify);
    }

    static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", and must be at least 1");
        }
    }
}
