package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Locale;

/** How many things fell into each of a fixed number of bins. */
public final class Counts {
    private static final int LARGEST = 1_000_000_000;

    private final int[] bins;

    /** Empty bins. */
    Counts(int size) {
        this.bins = new int[size];
    }

    void add(int bin) {
        bins[bin]++;
    }

    /** The count of a bin. */
    public int get(int bin) {
        return bins[bin];
    }

    /** The number of bins. */
    public int size() {
        return bins.length;
    }

    /** The sum of all bins. */
    public long total() {
        long total = 0;
        for (int each : bins) {
            total += each;
        }
        return total;
    }

    /** The same counts in fewer bins: bin {@code i} goes to {@code i} modulo the new number. */
    Counts folded(int size) {
        Counts folded = new Counts(size);
        for (int i = 0; i < bins.length; i++) {
            folded.bins[i % size] += bins[i];
        }
        return folded;
    }

    /** The bins that are not empty, as {@code 3:12 7:1}. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bins.length; i++) {
            if (bins[i] > 0) {
                text.append(text.isEmpty() ? "" : " ").append(i).append(':').append(bins[i]);
            }
        }
        return text.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws InvalidInputException if it is something else
     */
    static Counts parse(String text, int size) {
        Counts counts = new Counts(size);
        if (text.isEmpty()) {
            return counts;
        }
        int last = -1;
        for (String each : text.split(" ", -1)) {
            int colon = each.indexOf(':');
            int bin = colon < 0 ? -1 : number(each.substring(0, colon));
            int count = colon < 0 ? -1 : number(each.substring(colon + 1));
            if (bin <= last || bin >= size || count <= 0) {
                throw new InvalidInputException(
                        String.format(Locale.ROOT, "\"%.40s\" is not a count of one of %,d bins", each, size));
            }
            counts.bins[bin] = count;
            last = bin;
        }
        return counts;
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long value = Long.parseLong(digits);
        return value > LARGEST ? -1 : (int) value;
    }
}
