package io.github.ftmaven.runtime.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of PEFT's {@code adapter_config.json} that every consumer reads alike: one rank, one alpha, no bias.
 *
 * @param baseModel name of the base model, preferably one that means the same on every machine; null if not known
 * @param revision the base model's commit; null if it has none
 * @param rank inner dimension of every update
 * @param alpha the update's scale is {@code alpha / rank}
 * @param dropout probability that was used in training; at inference there is none
 * @param targets module names or their endings, sorted
 * @param dora whether there are magnitudes
 */
public record PeftConfig(
        @Nullable String baseModel,
        @Nullable String revision,
        int rank,
        double alpha,
        double dropout,
        List<String> targets,
        boolean dora) {
    /** A configuration without magnitudes. */
    public PeftConfig(
            @Nullable String baseModel,
            @Nullable String revision,
            int rank,
            double alpha,
            double dropout,
            List<String> targets) {
        this(baseModel, revision, rank, alpha, dropout, targets, false);
    }

    /** Copies {@code targets}. */
    public PeftConfig {
        targets = List.copyOf(targets);
    }

    /** What the product of B and A is multiplied with: {@code alpha / rank}. */
    public double scale() {
        return alpha / rank;
    }
}
