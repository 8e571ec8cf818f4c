package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.chat.TokenSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Cuts a batch into parts that fit in memory. */
final class MicroBatches {
    private MicroBatches() {}

    /**
     * Parts of at most {@code maxTokens} tokens, padding included, with at least one example each; similar lengths stay
     * together.
     */
    static List<List<TrainingExample>> of(List<TrainingExample> batch, int maxTokens) {
        List<TrainingExample> sorted = batch.stream()
                .sorted(Comparator.comparingInt(TrainingExample::length))
                .toList();
        List<List<TrainingExample>> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || tokens(sorted.subList(start, i + 1)) > maxTokens) {
                parts.add(sorted.subList(start, i));
                start = i;
            }
        }
        return parts;
    }

    /** The sequences of a part. */
    static List<TokenSequence> sequences(List<TrainingExample> part) {
        return part.stream().map(TrainingExample::tokens).toList();
    }

    /** The tokens of a part, padding included. */
    static long tokens(List<TrainingExample> sorted) {
        return (long) sorted.size() * sorted.get(sorted.size() - 1).length();
    }
}
