package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Computes how likely texts are for a decoder: token by token, or as whole texts with common prefixes. */
public final class Scoring {
    /** Documents are scored together up to about this many tokens. */
    private static final int TOKENS_AT_ONCE = 8192;

    private Scoring() {}

    /**
     * How likely a token is in its position.
     *
     * @param logProbability in nats
     * @param likeliest whether no other token is more likely
     */
    public record TokenScore(float logProbability, boolean likeliest) {}

    /**
     * How likely each supervised token is.
     *
     * @return for each sequence its supervised tokens' scores, in order
     */
    public static List<List<TokenScore>> tokens(Decoder decoder, List<TokenSequence> sequences) {
        try (Arena step = decoder.arena()) {
            float[] all = decoder.call(step, "log_probabilities", decoder.supervised(step, sequences))
                    .get(0)
                    .toFloats();
            List<List<TokenScore>> scores = new ArrayList<>();
            int next = 0;
            for (TokenSequence sequence : sequences) {
                List<TokenScore> own = new ArrayList<>();
                for (int i = 0; i < sequence.supervisedCount(); i++, next += 2) {
                    own.add(new TokenScore(all[next], all[next + 1] > 0));
                }
                scores.add(own);
            }
            return scores;
        }
    }

    /**
     * The cross-entropy of each sequence's supervised tokens, in nats: their negative log-probability. The common
     * prefix of all sequences is computed once.
     *
     * @param sequences at least one, each with a token to predict
     */
    public static double[] losses(Decoder decoder, List<TokenSequence> sequences) {
        double[] losses = new double[sequences.size()];
        for (boolean far : new boolean[] {false, true}) {
            List<Integer> own = IntStream.range(0, losses.length)
                    .filter(d -> sequences.get(d).length() - 1 > decoder.near() == far)
                    .boxed()
                    .toList();
            if (!own.isEmpty()) {
                double[] found =
                        losses(decoder, own.stream().map(sequences::get).toList(), far ? 0 : Integer.MAX_VALUE);
                for (int i = 0; i < found.length; i++) {
                    losses[own.get(i)] = found[i];
                }
            }
        }
        return losses;
    }

    /** The same for sequences that are all within {@code near} tokens, or all beyond. */
    private static double[] losses(Decoder decoder, List<TokenSequence> sequences, int border) {
        List<int[]> inputs = sequences.stream()
                .map(s -> Arrays.copyOf(s.ids(), s.length() - 1))
                .toList();
        int shared = CommonPrefix.length(inputs);
        for (TokenSequence sequence : sequences) {
            // The token before the first target predicts it, so it belongs to the rest.
            shared = Math.min(shared, sequence.supervised().nextSetBit(0) - 1);
        }
        shared = shared / Documents.ALIGNMENT * Documents.ALIGNMENT;
        int longest = inputs.stream().mapToInt(input -> input.length).max().orElseThrow();
        int together = Math.max(1, TOKENS_AT_ONCE / longest);
        double[] losses = new double[sequences.size()];
        try (Arena all = decoder.arena()) {
            List<Tensor> past = decoder.begin(all, Arrays.copyOf(inputs.get(0), shared), border);
            for (int start = 0; start < losses.length; start += together) {
                int end = Math.min(losses.length, start + together);
                double[] found = losses(decoder, sequences.subList(start, end), shared, past, border);
                System.arraycopy(found, 0, losses, start, found.length);
            }
        }
        return losses;
    }

    /** The same for sequences in one call, after {@code shared} tokens from an earlier call. */
    private static double[] losses(
            Decoder decoder, List<TokenSequence> sequences, int shared, List<Tensor> past, int border) {
        List<int[]> rests = sequences.stream()
                .map(s -> Arrays.copyOfRange(s.ids(), shared, s.length() - 1))
                .toList();
        Documents layout = Documents.together(rests, shared, border);
        List<Integer> documents = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        List<Long> targets = new ArrayList<>();
        for (int d = 0; d < sequences.size(); d++) {
            TokenSequence sequence = sequences.get(d);
            for (int t : sequence.supervised().stream().toArray()) {
                documents.add(d);
                rows.add((long) layout.row(d, t - 1 - shared));
                targets.add((long) sequence.ids()[t]);
            }
        }
        double[] losses = new double[sequences.size()];
        try (Arena step = decoder.arena()) {
            List<Object> arguments = Decoder.place(step, layout);
            arguments.addAll(List.of(longs(step, rows), longs(step, targets), past));
            float[] found = decoder.call(step, "losses", arguments).get(0).toFloats();
            for (int i = 0; i < found.length; i++) {
                losses[documents.get(i)] += found[i];
            }
        }
        return losses;
    }

    private static Tensor longs(Arena step, List<Long> values) {
        return step.longs(values.stream().mapToLong(Long::longValue).toArray(), values.size());
    }
}
