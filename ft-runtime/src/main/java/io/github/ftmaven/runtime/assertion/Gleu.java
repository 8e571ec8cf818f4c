package io.github.ftmaven.runtime.assertion;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Google's BLEU (Wu et al., 2016) as promptfoo computes it: over all n-grams of one to four words, the lesser of
 * precision and recall; of several references the best. Full stops at the end of words are ignored.
 */
final class Gleu {
    private static final int ORDERS = 4;

    private Gleu() {}

    /** From 0 to 1. */
    static double score(String candidate, List<String> references) {
        List<String> words = words(candidate);
        return words.isEmpty()
                ? 0
                : references.stream()
                        .mapToDouble(reference -> score(words, words(reference)))
                        .max()
                        .orElse(0);
    }

    private static double score(List<String> words, List<String> reference) {
        if (words.equals(reference)) {
            return 1;
        }
        int matches = 0;
        int own = 0;
        int theirs = 0;
        for (int n = 1; n <= ORDERS; n++) {
            Map<List<String>, Integer> counts = NGrams.count(words, n);
            matches += NGrams.shared(counts, NGrams.count(reference, n));
            own += NGrams.total(words, n);
            theirs += NGrams.total(reference, n);
        }
        return own == 0 || theirs == 0 ? 0 : Math.min((double) matches / own, (double) matches / theirs);
    }

    private static List<String> words(String text) {
        List<String> words = Js.words(Js.trim(text.toLowerCase(Locale.ROOT))).stream()
                .map(Gleu::withoutStops)
                .toList();
        return words.stream().allMatch(String::isEmpty) ? List.of() : words;
    }

    private static String withoutStops(String word) {
        int end = word.length();
        while (end > 0 && word.charAt(end - 1) == '.') {
            end--;
        }
        return word.substring(0, end);
    }
}
