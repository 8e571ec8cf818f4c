package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model still knows: the mean loss of a token of general text, by the base and by the tuned model. The metric is
 * the ratio of their perplexities, {@code exp(base - tuned)}, and at most 1: at 1 nothing is forgotten.
 */
final class Retention {
    private static final int WINDOW = 512;
    private static final int TOKENS_AT_ONCE = 4096;

    private final List<TokenSequence> windows;
    private @Nullable Double base;

    private Retention(List<TokenSequence> windows) {
        this.windows = windows;
    }

    /**
     * The text that a spec names, cut into windows; empty if it names none.
     *
     * @throws InvalidInputException if it cannot be read, or is too short to tell anything
     */
    static Optional<Retention> of(Job job, Tokenizer tokenizer) {
        String declared = job.spec().evaluation().retention();
        if (declared == null) {
            return Optional.empty();
        }
        String text;
        try {
            text = Files.readString(job.specDirectory().resolve(declared));
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
                    "evaluation.retention: " + declared + ": has not two tokens. Name a file of general text.");
        }
        return Optional.of(new Retention(windows));
    }

    /** Measures the base model; first. */
    void measureBase(Decoder decoder) {
        base = loss(decoder);
    }

    /** The tuned model's metric, in [0, 1]. */
    double of(Decoder tuned) {
        if (base == null) {
            throw new IllegalStateException("the base comes first");
        }
        return Math.min(1, Math.exp(base - loss(tuned)));
    }

    private double loss(Decoder decoder) {
        double sum = 0;
        long tokens = 0;
        int each = Math.max(1, TOKENS_AT_ONCE / windows.get(0).length());
        for (int start = 0; start < windows.size(); start += each) {
            List<TokenSequence> part = windows.subList(start, Math.min(windows.size(), start + each));
            sum += decoder.loss(part);
            tokens += part.stream().mapToInt(TokenSequence::supervisedCount).sum();
        }
        return sum / tokens;
    }
}
