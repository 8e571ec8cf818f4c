package io.github.ftmaven.runtime.spec;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A range of numbers; an infinite end means no limit; {@code above} and {@code below} exclude theirs. */
record Range(double min, double above, double max, double below) {
    static final Range ALL = new Range(
            Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    static Range of(@Nullable Bounds bounds) {
        return bounds == null ? ALL : new Range(bounds.min(), bounds.above(), bounds.max(), bounds.below());
    }

    boolean contains(double value) {
        return value >= min && value > above && value <= max && value < below;
    }

    /** The range, to follow "a number"; empty for all numbers. */
    String describe() {
        if (Double.isFinite(min) && Double.isFinite(max)) {
            return " from " + text(min) + " to " + text(max);
        }
        String from = Double.isFinite(min) ? " of at least " + text(min) : end(" above ", above);
        String to = Double.isFinite(max) ? " of at most " + text(max) : end(" below ", below);
        return from.isEmpty() || to.isEmpty() ? from + to : from + " and" + to;
    }

    private static String end(String word, double end) {
        return Double.isFinite(end) ? word + text(end) : "";
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
