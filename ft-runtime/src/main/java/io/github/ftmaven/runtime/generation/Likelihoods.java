package io.github.ftmaven.runtime.generation;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Scoring.TokenScore;
import io.github.ftmaven.runtime.generation.ModelBatch.Scored;
import io.github.ftmaven.runtime.generation.ModelBatch.Sequences;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The likelihood of continuations, in batches of similar length; a batch computes its common prefix once. */
public final class Likelihoods {
    private static final int TOKENS_AT_ONCE = 8192;

    private Likelihoods() {}

    /**
     * A sequence whose last tokens are scored.
     *
     * @param scored how many tokens to score, at least 1 and fewer than all
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, right after creation
    record Tokens(int[] ids, int scored) {}

    /**
     * Scores the last tokens of every sequence.
     *
     * @return the scores in the sequences' order
     */
    static List<List<TokenScore>> of(BatchModel model, List<Tokens> sequences, AnswerListener listener) {
        return scores(model, sequences.stream().map(Likelihoods::sequence).toList(), listener);
    }

    /**
     * The cross-entropy of each sequence's supervised tokens, in nats.
     *
     * @return in the sequences' order
     */
    public static double[] losses(BatchModel model, List<TokenSequence> sequences) {
        return scores(model, sequences, (sequence, tokens) -> {}).stream()
                .mapToDouble(scores ->
                        -scores.stream().mapToDouble(TokenScore::logProbability).sum())
                .toArray();
    }

    /** Scores sequences of similar length together, the longest first. */
    private static List<List<TokenScore>> scores(
            BatchModel model, List<TokenSequence> sequences, AnswerListener listener) {
        List<Integer> byLength = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -sequences.get(i).length()))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        for (int start = 0; start < byLength.size(); ) {
            int longest = sequences.get(byLength.get(start)).length();
            int end = Math.min(byLength.size(), start + Math.max(1, TOKENS_AT_ONCE / longest));
            batches.add(byLength.subList(start, end));
            start = end;
        }
        List<Scored> found = model.compute(
                batches.stream()
                        .map(batch ->
                                new Sequences(batch.stream().map(sequences::get).toList()))
                        .toList(),
                listener);
        List<List<TokenScore>> scores = new ArrayList<>(Collections.nCopies(sequences.size(), List.of()));
        for (int b = 0; b < found.size(); b++) {
            for (int i = 0; i < batches.get(b).size(); i++) {
                scores.set(batches.get(b).get(i), found.get(b).scores().get(i));
            }
        }
        return scores;
    }

    private static TokenSequence sequence(Tokens tokens) {
        BitSet supervised = new BitSet();
        supervised.set(tokens.ids().length - tokens.scored(), tokens.ids().length);
        return new TokenSequence(tokens.ids(), supervised);
    }
}
