package io.github.ftmaven.runtime.assertion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of words, counted. */
final class NGrams {
    private NGrams() {}

    /** How often each run of {@code n} words occurs. */
    static Map<List<String>, Integer> count(List<String> words, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= words.size(); i++) {
            counts.merge(List.copyOf(words.subList(i, i + n)), 1, Integer::sum);
        }
        return counts;
    }

    /** How many runs there are. */
    static int total(List<String> words, int n) {
        return Math.max(0, words.size() - n + 1);
    }

    /** How many runs two texts share, each as often as it occurs in both. */
    static int shared(Map<List<String>, Integer> one, Map<List<String>, Integer> other) {
        return one.entrySet().stream()
                .mapToInt(entry -> Math.min(entry.getValue(), other.getOrDefault(entry.getKey(), 0)))
                .sum();
    }
}
