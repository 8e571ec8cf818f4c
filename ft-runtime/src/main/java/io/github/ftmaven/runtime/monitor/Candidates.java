package io.github.ftmaven.runtime.monitor;

import io.github.ftmaven.runtime.drift.Sketch;
import io.github.ftmaven.runtime.files.Digests;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses the requests that are most unlike the training set, and unlike each other.
 *
 * <p>One request after another is chosen, each time the one with the largest product of its novelty and its distance
 * (one minus Jaccard's similarity of the words) to the nearest that was chosen before. Requests that differ only in
 * words with digits count as one.
 */
final class Candidates {
    /** The most requests that are compared with each other: those with the largest novelty. */
    static final int POOL = 5_000;

    private static final double COPY = 0.8;

    /** A request that may be chosen. */
    record Candidate(Request request, double novelty, BitSet words, long order) {
        private static final Comparator<Candidate> WORST_FIRST = Comparator.comparingDouble(Candidate::novelty)
                .thenComparing(Comparator.comparingLong(Candidate::order).reversed());
    }

    private final TreeSet<Candidate> pool = new TreeSet<>(Candidate.WORST_FIRST);
    private final Set<String> seen = new HashSet<>();
    private long order;

    /** Considers a request. */
    void offer(Request request, double novelty, List<String> words) {
        order++;
        if (pool.size() == POOL && novelty <= pool.first().novelty()) {
            return;
        }
        String pattern = String.join(
                " ",
                words.stream()
                        .filter(word -> word.codePoints().noneMatch(Character::isDigit))
                        .toList());
        if (!seen.add(Digests.sha256(pattern))) {
            return;
        }
        pool.add(new Candidate(request, novelty, Sketch.buckets(words), order));
        if (pool.size() > POOL) {
            pool.pollFirst();
        }
    }

    /** The choice, the most unlike first. */
    List<Candidate> choose(int count) {
        List<Candidate> left = new ArrayList<>(pool.descendingSet());
        double[] nearest = new double[left.size()];
        boolean[] taken = new boolean[left.size()];
        List<Candidate> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            int best = -1;
            double most = 0;
            for (int i = 0; i < left.size(); i++) {
                double score = left.get(i).novelty() * (1 - nearest[i]);
                if (!taken[i] && nearest[i] < COPY && score > most) {
                    best = i;
                    most = score;
                }
            }
            if (best < 0) {
                break;
            }
            taken[best] = true;
            Candidate next = left.get(best);
            chosen.add(next);
            for (int i = 0; i < left.size(); i++) {
                nearest[i] = Math.max(
                        nearest[i], similarity(next.words(), left.get(i).words()));
            }
        }
        return chosen;
    }

    private static double similarity(BitSet one, BitSet other) {
        BitSet common = (BitSet) one.clone();
        common.and(other);
        int both = common.cardinality();
        int either = one.cardinality() + other.cardinality() - both;
        return either == 0 ? 1 : (double) both / either;
    }
}
