package io.github.ftmaven.runtime.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * ROUGE's F measure (Lin, 2004) as computed by the package rouge-score without stemming: tokens are runs of ASCII
 * letters and digits, in lower case. It differs from promptfoo's {@code rouge-n}.
 */
final class GoogleRouge {
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

    private GoogleRouge() {}

    /** The F measure of runs of {@code n} tokens, in [0, 1]. */
    static double n(String expected, String answer, int n) {
        Map<List<String>, Integer> target = grams(tokens(expected), n);
        Map<List<String>, Integer> given = grams(tokens(answer), n);
        int shared = target.entrySet().stream()
                .mapToInt(entry -> Math.min(entry.getValue(), given.getOrDefault(entry.getKey(), 0)))
                .sum();
        return f(shared, count(target), count(given));
    }

    /** The F measure of the longest common subsequence, in [0, 1]. */
    static double longest(String expected, String answer) {
        List<String> target = tokens(expected);
        List<String> given = tokens(answer);
        int[] row = new int[given.size() + 1];
        for (String token : target) {
            int diagonal = 0;
            for (int j = 1; j <= given.size(); j++) {
                int above = row[j];
                row[j] = token.equals(given.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return f(row[given.size()], target.size(), given.size());
    }

    private static double f(int shared, int target, int given) {
        double precision = (double) shared / Math.max(given, 1);
        double recall = (double) shared / Math.max(target, 1);
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    private static Map<List<String>, Integer> grams(List<String> tokens, int n) {
        Map<List<String>, Integer> grams = new HashMap<>();
        for (int i = 0; i + n <= tokens.size(); i++) {
            grams.merge(List.copyOf(tokens.subList(i, i + n)), 1, Integer::sum);
        }
        return grams;
    }

    private static int count(Map<List<String>, Integer> grams) {
        return grams.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (String token : OTHER.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
        return tokens;
    }
}
