package io.github.ftmaven.runtime.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a training: together with the tensors, everything that a resumed run needs.
 *
 * @param step optimizer steps done
 * @param seconds spent in them
 * @param recentLosses of the last steps, the newest last
 * @param firstLoss mean of the first ten steps; null before there are ten
 * @param bestLoss lowest validation loss so far; null before the first validation
 * @param bestStep the step it was measured after
 * @param badValidations validations since then
 */
record Progress(
        int step,
        double seconds,
        long tokens,
        long supervisedTokens,
        List<Double> recentLosses,
        @Nullable Double firstLoss,
        @Nullable Double bestLoss,
        int bestStep,
        int badValidations) {
    private static final int RECENT = 10;
    private static final JsonMapper MAPPER = Json.lenient();

    static final Progress START = new Progress(0, 0, 0, 0, List.of(), null, null, 0, 0);

    /**
     * Reads the progress from a checkpoint, whose content is not trusted; empty if it does not fit a training of this
     * many steps.
     */
    static Optional<Progress> read(String json, int steps) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, Progress.class)).filter(each -> each.isPossible(steps));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The progress in the form of a checkpoint. */
    String json() throws JsonProcessingException {
        return MAPPER.writeValueAsString(this);
    }

    boolean isPossible(int steps) {
        return step > 0
                && step <= steps
                && bestStep >= 0
                && bestStep <= step
                && (bestStep > 0) == (bestLoss != null)
                && badValidations >= 0
                && badValidations <= step
                && Double.isFinite(seconds)
                && seconds >= 0
                && supervisedTokens >= 0
                && supervisedTokens <= tokens
                && recentLosses != null
                && recentLosses.size() == Math.min(step, RECENT)
                && recentLosses.stream().noneMatch(Objects::isNull);
    }

    /** After one more step. */
    Progress plus(double loss, double seconds, long tokens, long supervisedTokens) {
        List<Double> losses = new ArrayList<>(recentLosses);
        losses.add(loss);
        if (losses.size() > RECENT) {
            losses.remove(0);
        }
        Progress next = new Progress(
                step + 1,
                this.seconds + seconds,
                this.tokens + tokens,
                this.supervisedTokens + supervisedTokens,
                List.copyOf(losses),
                firstLoss,
                bestLoss,
                bestStep,
                badValidations);
        return firstLoss == null && losses.size() == RECENT ? next.withFirstLoss(next.recentLoss()) : next;
    }

    /** After a validation. */
    Progress validated(double loss) {
        boolean better = bestLoss == null || loss < bestLoss;
        return new Progress(
                step,
                seconds,
                tokens,
                supervisedTokens,
                recentLosses,
                firstLoss,
                better ? (Double) loss : bestLoss,
                better ? step : bestStep,
                better ? 0 : badValidations + 1);
    }

    /** The mean of the recent losses. */
    double recentLoss() {
        return recentLosses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    double tokensPerSecond() {
        return tokens / Math.max(seconds, 1e-9);
    }

    private Progress withFirstLoss(double loss) {
        return new Progress(
                step, seconds, tokens, supervisedTokens, recentLosses, loss, bestLoss, bestStep, badValidations);
    }
}
