package io.github.ftmaven.runtime.monitor;

import io.github.ftmaven.runtime.drift.Fingerprint;
import java.util.BitSet;

/** How rare the words of a question are in a training set. */
final class Novelty {
    private final Fingerprint reference;

    Novelty(Fingerprint reference) {
        this.reference = reference;
    }

    /**
     * The mean surprise of the question's words, {@code -log(share of training questions with such a word)}, as a share
     * of the surprise of a word that no training question has: 0 for words of every question, 1 for words of none. A
     * share is {@code (count + 0.5) / (rows + 1)}.
     *
     * @param buckets the words, by {@link io.github.ftmaven.runtime.drift.Sketch}
     */
    double of(BitSet buckets) {
        if (buckets.isEmpty()) {
            return 0;
        }
        double sum = 0;
        for (int bucket = buckets.nextSetBit(0); bucket >= 0; bucket = buckets.nextSetBit(bucket + 1)) {
            sum += surprise(reference.vocabulary().get(bucket));
        }
        return sum / buckets.cardinality() / surprise(0);
    }

    private double surprise(int count) {
        return Math.log((reference.rows() + 1) / (count + 0.5));
    }
}
