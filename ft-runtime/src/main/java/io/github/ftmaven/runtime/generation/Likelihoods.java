package io.github.ftmaven.runtime.generation;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.Scoring;
import io.github.ftmaven.runtime.decoder.Scoring.TokenScore;
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
    static List<List<TokenScore>> of(Decoder decoder, List<Tokens> sequences, AnswerListener listener) {
        return scores(decoder, sequences.stream().map(Likelihoods::sequence).toList(), listener);
    }

    /**
     * The cross-entropy of each sequence's supervised tokens, in nats.
     *
     * @return in the sequences' order
     */
    public static double[] losses(Decoder decoder, List<TokenSequence> sequences) {
        return scores(decoder, sequences, (sequence, tokens) -> {}).stream()
                .mapToDouble(scores ->
                        -scores.stream().mapToDouble(TokenScore::logProbability).sum())
                .toArray();
    }

    /** Scores sequences of similar length together. */
    private static List<List<TokenScore>> scores(
            Decoder decoder, List<TokenSequence> sequences, AnswerListener listener) {
        List<List<TokenScore>> scores = new ArrayList<>(Collections.nCopies(sequences.size(), List.of()));
        List<Integer> byLength = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -sequences.get(i).length()))
                .toList();
        long tokens = 0;
        for (int start = 0; start < byLength.size(); ) {
            int longest = sequences.get(byLength.get(start)).length();
            int end = Math.min(byLength.size(), start + Math.max(1, TOKENS_AT_ONCE / longest));
            List<Integer> batch = byLength.subList(start, end);
            List<List<TokenScore>> found =
                    Scoring.tokens(decoder, batch.stream().map(sequences::get).toList());
            for (int i = 0; i < batch.size(); i++) {
                scores.set(batch.get(i), found.get(i));
                tokens += sequences.get(batch.get(i)).length();
            }
            listener.onBatch(end, tokens);
            start = end;
        }
        return scores;
    }

    private static TokenSequence sequence(Tokens tokens) {
        BitSet supervised = new BitSet();
        supervised.set(tokens.ids().length - tokens.scored(), tokens.ids().length);
        return new TokenSequence(tokens.ids(), supervised);
    }
}
