package io.github.ftmaven.runtime.spec;

/** The price of tokens, in any currency. */
public record TokenPrice(
        @Doc("The price of a million tokens that are sent.") @Bounds(min = 0)
        double input,

        @Doc("The price of a million tokens that are received.") @Bounds(min = 0)
        double output) {
    private static final double MILLION = 1e6;

    /** The price of a request. */
    public double of(long inputTokens, long outputTokens) {
        return (input * inputTokens + output * outputTokens) / MILLION;
    }
}
