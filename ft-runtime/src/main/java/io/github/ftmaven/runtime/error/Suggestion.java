package io.github.ftmaven.runtime.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests the nearest known spelling of an unknown word. */
public final class Suggestion {
    /** Larger distances are not typing errors. */
    private static final int LONGEST_WORD = 200;

    private Suggestion() {}

    /**
     * The end of a message about an unknown word: {@code " Did you mean 'x'?"} with the nearest known word, counting
     * insertions, deletions, replacements and swaps of neighbours, or an empty text when none is near.
     */
    public static String didYouMean(String word, Collection<String> known) {
        if (word.length() > LONGEST_WORD) {
            return "";
        }
        int furthest = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= furthest)
                .filter(candidate -> distance(word, candidate) <= furthest)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> " Did you mean '" + candidate + "'?")
                .orElse("");
    }

    private static int distance(String from, String to) {
        return EditDistance.of(from.toLowerCase(Locale.ROOT), to.toLowerCase(Locale.ROOT));
    }
}
