package io.github.ftmaven.runtime.assertion;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * BLEU of one sentence as promptfoo computes it (Papineni et al., 2002): lower-case words, separated by white space;
 * an order without any match counts as 1e-7; orders longer than the candidate do not count. Its values differ from
 * sacreBLEU's.
 */
final class Bleu {
    private static final int ORDERS = 4;
    private static final double NO_MATCH = 1e-7;

    private Bleu() {}

    /** From 0 to 1. */
    static double score(String candidate, List<String> references) {
        if (Js.trim(candidate).isEmpty()) {
            return 0;
        }
        List<String> words = words(candidate);
        List<List<String>> others = references.stream().map(Bleu::words).toList();
        double logarithms = 0;
        int orders = 0;
        for (int n = 1; n <= ORDERS && NGrams.total(words, n) > 0; n++) {
            Map<List<String>, Integer> own = NGrams.count(words, n);
            int matches = 0;
            for (List<String> other : others) {
                matches = Math.max(matches, NGrams.shared(own, NGrams.count(other, n)));
            }
            logarithms += Math.log(matches == 0 ? NO_MATCH : (double) matches / NGrams.total(words, n));
            orders++;
        }
        int closest = closest(words.size(), others);
        double brevity = words.size() > closest ? 1 : Math.exp(1 - (double) closest / words.size());
        return brevity * Math.exp(logarithms / orders);
    }

    private static int closest(int length, List<List<String>> others) {
        int closest = others.get(0).size();
        for (List<String> other : others) {
            int distance = Math.abs(other.size() - length);
            int best = Math.abs(closest - length);
            if (distance < best || (distance == best && other.size() < closest)) {
                closest = other.size();
            }
        }
        return closest;
    }

    private static List<String> words(String text) {
        return Js.words(Js.trim(text.toLowerCase(Locale.ROOT)));
    }
}
