package io.github.ftmaven.runtime.inference;

import java.util.List;

/**
 * Options for running a model.
 *
 * @param maxNewTokens the most tokens of an answer, at least 1; a call can override it
 * @param device {@code cpu}, {@code cuda}, or {@code auto} for a GPU if libtorch finds one
 * @param threads CPU threads, at least 1; the number applies to the whole process, and the last loaded model sets it
 * @param verifyWeights whether to compare the digests of the base's weights with those from training, which takes
 *     seconds per few gigabytes. Configuration and tokenizer are always compared
 */
public record ModelOptions(int maxNewTokens, String device, int threads, boolean verifyWeights) {
    private static final List<String> DEVICES = List.of("auto", "cpu", "cuda");

    /** Checks the ranges. */
    public ModelOptions {
        requirePositive("maxNewTokens", maxNewTokens);
        requirePositive("threads", threads);
        if (!DEVICES.contains(device)) {
            throw new IllegalArgumentException("device is '" + device + "', but must be auto, cpu or cuda");
        }
    }

    /** 256 tokens, {@code auto}, one thread per processor, and full verification. */
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
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least 1");
        }
    }
}
