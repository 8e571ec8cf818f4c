package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.python.Characters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Corpus chrF2 (Popović, 2015) with sacreBLEU's defaults: six orders of characters, no white space. */
final class Chrf {
    private static final int ORDERS = 6;
    private static final double FACTOR = 4; // beta, which weighs recall, is 2

    /** The names of the {@link #statistics}. */
    static final String STATISTICS = IntStream.rangeClosed(1, ORDERS)
            .mapToObj(n -> "answer" + n + " reference" + n + " match" + n)
            .collect(Collectors.joining(" "));

    private Chrf() {}

    /** For each order, the n-grams of the answer, of the reference, and in both. */
    static double[] statistics(String expected, String answer) {
        int[] wanted = characters(expected);
        int[] given = characters(answer);
        double[] statistics = new double[3 * ORDERS];
        for (int n = 1; n <= ORDERS; n++) {
            Map<String, Integer> reference = grams(wanted, n);
            int all = Math.max(0, given.length - n + 1);
            statistics[3 * (n - 1)] = reference.isEmpty() ? 0 : all;
            statistics[3 * (n - 1) + 1] = Math.max(0, wanted.length - n + 1);
            int matches = 0;
            for (Map.Entry<String, Integer> gram : grams(given, n).entrySet()) {
                matches += Math.min(gram.getValue(), reference.getOrDefault(gram.getKey(), 0));
            }
            statistics[3 * (n - 1) + 2] = matches;
        }
        return statistics;
    }

    /** From 0 to 100: the F-score of mean precision and recall, over the orders that both sides have. */
    static double score(List<double[]> statistics) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int n = 0; n < ORDERS; n++) {
            double[] sums = new double[3];
            for (double[] one : statistics) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += one[3 * n + i];
                }
            }
            if (sums[0] > 0 && sums[1] > 0) {
                precision += sums[2] / sums[0];
                recall += sums[2] / sums[1];
                orders++;
            }
        }
        if (orders == 0 || precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return 100 * (1 + FACTOR) * precision * recall / (FACTOR * precision + recall);
    }

    private static int[] characters(String text) {
        return text.codePoints().filter(c -> !Characters.isSpace(c)).toArray();
    }

    private static Map<String, Integer> grams(int[] characters, int n) {
        Map<String, Integer> grams = new HashMap<>();
        for (int i = 0; i + n <= characters.length; i++) {
            grams.merge(new String(characters, i, n), 1, Integer::sum);
        }
        return grams;
    }
}
