package io.github.ftmaven.runtime.acceptance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Scores as exact decimals, so that comparisons agree with the printed numbers.
 *
 * <p>In doubles 0.30 - 0.25 is less than 0.05. Here both operands are subtracted exactly and the result is rounded to
 * {@value #DECIMALS} decimals: far above the error of a double, far below the effect of one item of a test set.
 */
public final class Quantity {
    private static final int DECIMALS = 12;
    private static final int PRINTED = 4;

    private Quantity() {}

    /** Whether the value reaches the bound. */
    static boolean reaches(BigDecimal value, BigDecimal bound) {
        return value.compareTo(bound) >= 0;
    }

    /** The score as a decimal. */
    public static BigDecimal of(double score) {
        return round(new BigDecimal(score));
    }

    /** The difference {@code score - reference}. */
    public static BigDecimal gain(double score, double reference) {
        return round(new BigDecimal(score).subtract(new BigDecimal(reference)));
    }

    /**
     * The value with four decimals, or as many as the bound has, rounded down. It prints below the bound if and only if
     * it is below.
     */
    public static String print(BigDecimal value, BigDecimal bound) {
        return down(value, Math.max(PRINTED, decimals(bound)));
    }

    /** As {@link #print(BigDecimal, BigDecimal)}, rounded up. It prints above the bound if and only if it is above. */
    public static String printUp(BigDecimal value, BigDecimal bound) {
        return up(value, Math.max(PRINTED, decimals(bound)));
    }

    /** The value with four decimals, rounded up. */
    static String printUp(BigDecimal value) {
        return up(value, PRINTED);
    }

    /** The value with four decimals, rounded down, so it never looks better than it is. */
    public static String print(BigDecimal value) {
        return down(value, PRINTED);
    }

    /** The bound in full, with at least two decimals. */
    public static String printBound(BigDecimal bound) {
        return down(bound, Math.max(2, decimals(bound)));
    }

    /** A p-value to two digits, never 0. */
    public static String probability(double p) {
        return p < 0.0001
                ? "<0.0001"
                : p < 0.1
                        ? new BigDecimal(p).round(new MathContext(2)).toPlainString()
                        : String.format(Locale.ROOT, "%.2f", p);
    }

    private static BigDecimal round(BigDecimal value) {
        return value.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static String down(BigDecimal value, int decimals) {
        return value.setScale(decimals, RoundingMode.FLOOR).toPlainString();
    }

    private static String up(BigDecimal value, int decimals) {
        return value.setScale(decimals, RoundingMode.CEILING).toPlainString();
    }

    private static int decimals(BigDecimal bound) {
        return Math.max(0, bound.stripTrailingZeros().scale());
    }
}
