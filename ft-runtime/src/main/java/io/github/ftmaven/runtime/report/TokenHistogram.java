package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.dataset.TokenLengths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * How many examples have which length.
 *
 * @param width tokens per bin; the first bin begins at 0
 * @param longest the longest example
 * @param counts the number of examples in each bin, by split
 */
record TokenHistogram(int width, int longest, Map<Split, List<Integer>> counts) {
    private static final int MOST_BINS = 30;

    TokenHistogram {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    static TokenHistogram of(Map<Split, List<TokenLengths>> lengths, ToIntFunction<TokenLengths> measure) {
        int longest = lengths.values().stream()
                .flatMap(List::stream)
                .mapToInt(measure)
                .max()
                .orElse(0);
        int width = width(longest);
        int bins = longest / width + 1;
        Map<Split, List<Integer>> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            List<Integer> bin = new ArrayList<>(Collections.nCopies(bins, 0));
            for (TokenLengths each : lengths.getOrDefault(split, List.of())) {
                int at = measure.applyAsInt(each) / width;
                bin.set(at, bin.get(at) + 1);
            }
            counts.put(split, List.copyOf(bin));
        }
        return new TokenHistogram(width, longest, counts);
    }

    /** 1, 2 or 5 times a power of ten. */
    private static int width(int longest) {
        int power = 1;
        while (true) {
            for (int width : new int[] {power, 2 * power, 5 * power}) {
                if (longest / width + 1 <= MOST_BINS) {
                    return width;
                }
            }
            power *= 10;
        }
    }

    int bins() {
        return longest / width + 1;
    }

    /** The examples of one split in a bin. */
    int count(Split split, int bin) {
        return counts.getOrDefault(split, List.of()).get(bin);
    }

    /** The examples of all splits in a bin. */
    int count(int bin) {
        return counts.values().stream().mapToInt(each -> each.get(bin)).sum();
    }
}
