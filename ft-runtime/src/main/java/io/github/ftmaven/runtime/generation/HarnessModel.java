package io.github.ftmaven.runtime.generation;

import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.Scoring.TokenScore;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.generation.Likelihoods.Tokens;
import io.github.ftmaven.runtime.lmeval.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A model for lm-eval's requests, with texts tokenized as in its {@code HFLM}: with the special tokens that the
 * tokenizer adds, unless the text begins with one. The tokens of a continuation are those of the whole text after as
 * many tokens as the context alone has.
 */
public final class HarnessModel implements LanguageModel {
    private final BatchModel model;
    private final Tokenizer tokenizer;
    private final int maxLength;
    private final int batchSize;
    private final Progress progress;
    private final int prefix;
    private final String prefixText;
    private final int end;
    private final Set<Integer> ends;

    /** Receives the progress. */
    @FunctionalInterface
    public interface Progress {
        /** Called with the number of finished requests. */
        void at(int done, int total);
    }

    /**
     * Wraps a model.
     *
     * @param maxLength the most tokens it reads; longer texts lose their beginning
     * @param ends tokens besides the tokenizer's own that end an answer
     * @param batchSize how many prompts it answers in one batch
     * @param progress receives the number of finished requests
     * @throws InvalidInputException if the tokenizer's files do not name an end-of-text token
     */
    public HarnessModel(
            BatchModel model,
            Tokenizer tokenizer,
            int maxLength,
            Collection<Integer> ends,
            int batchSize,
            Progress progress) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
        this.ends = Set.copyOf(ends);
        this.batchSize = batchSize;
        this.progress = progress;
        this.end = tokenizer
                .endOfText()
                .orElseThrow(() -> new InvalidInputException("evaluation.tasks: the base model's tokenizer_config.json"
                        + " has no eos_token, which lm-eval's prompts need."));
        this.prefix = tokenizer.beginningOfText().orElse(end);
        this.prefixText = tokenizer.decode(new int[] {prefix}, false);
    }

    private int[] encode(String text) {
        return tokenizer.encode(text, !text.startsWith(prefixText));
    }

    @Override
    public List<Likelihood> loglikelihood(List<Continuation> requests) {
        List<Tokens> sequences = requests.stream().map(this::tokens).toList();
        return Likelihoods.of(model, sequences, (done, tokens) -> progress.at(done, sequences.size())).stream()
                .map(scores -> new Likelihood(sum(scores), scores.stream().allMatch(TokenScore::likeliest)))
                .toList();
    }

    private Tokens tokens(Continuation request) {
        if (request.context().isEmpty()) {
            int[] own = tokenizer.encode(request.continuation(), false);
            boolean begins = own.length > 0 && own[0] == prefix;
            return scored(begins ? own : concatenated(prefix, own), begins ? own.length - 1 : own.length, request);
        }
        Continuation shifted = request.shifted();
        int before = encode(shifted.context()).length;
        int[] whole = encode(shifted.context() + shifted.continuation());
        return scored(whole, whole.length - before, request);
    }

    /** The last tokens that the model reads; the very last is only predicted. */
    private Tokens scored(int[] ids, int scored, Continuation request) {
        if (scored < 1 || scored >= ids.length || scored > maxLength) {
            throw new InvalidInputException("evaluation.tasks: the continuation '" + request.continuation() + "' has "
                    + scored + " tokens after its context; there must be at least one, and at most the " + maxLength
                    + " that the model reads.");
        }
        return new Tokens(Arrays.copyOfRange(ids, Math.max(0, ids.length - maxLength - 1), ids.length), scored);
    }

    private static int[] concatenated(int first, int[] rest) {
        int[] whole = new int[rest.length + 1];
        whole[0] = first;
        System.arraycopy(rest, 0, whole, 1, rest.length);
        return whole;
    }

    private static double sum(List<TokenScore> scores) {
        return scores.stream().mapToDouble(TokenScore::logProbability).sum();
    }

    /** Predicts each token once, in windows as long as the model reads, each ending with tokens not yet predicted. */
    @Override
    public List<Double> loglikelihoodRolling(List<String> texts) {
        List<Tokens> windows = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (String text : texts) {
            int[] ids = concatenated(prefix, encode(text));
            int before = windows.size();
            for (int done = 1; done < ids.length; ) {
                int next = Math.min(ids.length, done + maxLength);
                windows.add(new Tokens(Arrays.copyOfRange(ids, Math.max(0, next - maxLength - 1), next), next - done));
                done = next;
            }
            counts.add(windows.size() - before);
        }
        List<List<TokenScore>> scores =
                Likelihoods.of(model, windows, (done, tokens) -> progress.at(done, windows.size()));
        List<Double> sums = new ArrayList<>();
        int next = 0;
        for (int count : counts) {
            sums.add(scores.subList(next, next + count).stream()
                    .mapToDouble(HarnessModel::sum)
                    .sum());
            next += count;
        }
        return sums;
    }

    @Override
    public List<String> generateUntil(List<String> contexts, List<String> until, int maxTokens) {
        int room = maxLength - maxTokens;
        if (room < 1) {
            throw new InvalidInputException("evaluation.tasks: max_gen_toks is " + maxTokens
                    + ", which leaves no room for a prompt in the " + maxLength + " tokens that the model reads.");
        }
        boolean begins = tokenizer.beginningOfText().isPresent();
        List<int[]> prompts = contexts.stream()
                .map(text -> begins ? encode(text) : tokenizer.encode(text, true))
                .map(ids -> Arrays.copyOfRange(ids, Math.max(0, ids.length - room), ids.length))
                .toList();
        String endText = tokenizer.decode(new int[] {end}, false);
        return Answers.greedy(
                        model, prompts, maxTokens, end, batchSize, (done, tokens) -> progress.at(done, prompts.size()))
                .stream()
                .map(answer -> Arrays.stream(answer.tokens())
                        .takeWhile(token -> !ends.contains(token))
                        .toArray())
                .map(tokens -> tokenizer.decode(tokens, true))
                .map(text -> before(before(text, until), List.of(endText)))
                .toList();
    }

    private static String before(String text, List<String> ends) {
        String kept = text;
        for (String each : ends) {
            int at = each.isEmpty() ? -1 : kept.indexOf(each);
            kept = at < 0 ? kept : kept.substring(0, at);
        }
        return kept;
    }
}
