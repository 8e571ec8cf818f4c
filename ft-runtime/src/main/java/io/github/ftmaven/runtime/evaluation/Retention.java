package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.generation.Likelihoods;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.spec.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Measures how much a model has forgotten: the mean loss per token of general text, for the base and for the tuned
 * model. The metric is the ratio of their perplexities, {@code exp(base - tuned)}, limited to 1: at 1 the model has
 * forgotten nothing.
 */
final class Retention {
    private static final int WINDOW = 512;

    private final String source;
    private final String digest;
    private final List<TokenSequence> windows;
    private final List<ProviderScores> scores = new ArrayList<>();

    private Retention(String source, String digest, List<TokenSequence> windows) {
        this.source = source;
        this.digest = digest;
        this.windows = windows;
    }

    /**
     * The text that a spec names, cut into windows; empty if the spec does not name one.
     *
     * @throws InvalidInputException if it cannot be read, or is too short
     */
    static Optional<Retention> of(Job job, Tokenizer tokenizer) {
        String declared = job.spec().evaluation().retention();
        if (declared == null) {
            return Optional.empty();
        }
        Path file = job.specDirectory().resolve(declared);
        String text;
        String digest;
        try {
            text = Files.readString(file);
            digest = Digests.sha256(List.of(file));
        } catch (IOException e) {
            throw new InvalidInputException("evaluation.retention: " + declared + ": cannot be read as UTF-8 text.", e);
        }
        int[] ids = tokenizer.encode(text, false);
        int size = Math.min(WINDOW, job.base().architecture().rope().maxPositions());
        List<TokenSequence> windows = new ArrayList<>();
        for (int start = 0; start + 1 < ids.length; start += size) {
            int[] window = Arrays.copyOfRange(ids, start, Math.min(ids.length, start + size));
            if (window.length > 1) {
                BitSet all = new BitSet();
                all.set(1, window.length);
                windows.add(new TokenSequence(window, all));
            }
        }
        if (windows.isEmpty()) {
            throw new InvalidInputException(
                    "evaluation.retention: " + declared + ": has fewer than two tokens. Name a file of general text.");
        }
        return Optional.of(new Retention(declared, digest, windows));
    }

    /** Measures a model, the base first. */
    void measure(String provider, BatchModel model) {
        List<ItemScore> base = scores.isEmpty() ? null : scores.get(0).items();
        List<ItemScore> items = new ArrayList<>();
        double[] losses = Likelihoods.losses(model, windows);
        for (int i = 0; i < windows.size(); i++) {
            Map<String, Double> item = new LinkedHashMap<>();
            item.put(Metrics.LOSS, losses[i]);
            item.put(Metrics.TOKENS, (double) windows.get(i).supervisedCount());
            if (base != null) {
                item.put(
                        Metrics.BASE_LOSS,
                        Objects.requireNonNull(base.get(i).scores().get(Metrics.LOSS)));
            }
            items.add(new ItemScore(source + "[" + i + "]", "", "", item));
        }
        scores.add(new ProviderScores(provider, Metrics.compute(List.of(Metric.RETENTION), items), items));
    }

    /** The measured scores. */
    ScoreSet set() {
        return new ScoreSet(ScoreSet.RETENTION, digest, scores);
    }
}
