package io.github.ftmaven.runtime.assertion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of n-grams. */
final class NGrams {
    private NGrams() {}

    /** The number of occurrences of each n-gram. */
    static Map<List<String>, Integer> count(List<String> words, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= words.size(); i++) {
            counts.merge(List.copyOf(words.subList(i, i + n)), 1, Integer::sum);
        }
        return counts;
    }

    /** The number of n-grams. */
    static int total(List<String> words, int n) {
        return Math.max(0, words.size() - n + 1);
    }

    /** The number of n-grams that two texts share, with multiplicity. */
    static int shared(Map<List<String>, Integer> one, Map<List<String>, Integer> other) {
        return one.entrySet().stream()
                .mapToInt(entry -> Math.min(entry.getValue(), other.getOrDefault(entry.getKey(), 0)))
                .sum();
    }
}
