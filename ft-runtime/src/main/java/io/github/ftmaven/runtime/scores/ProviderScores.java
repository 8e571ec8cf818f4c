package io.github.ftmaven.runtime.scores;

import java.util.List;
import java.util.Map;

/**
 * How one provider ({@link #TUNED}, {@link #BASE}) did on the whole test set.
 *
 * @param metrics metric by its name in the spec, such as {@code macro-f1}, each in [0, 1]
 * @param items one entry a test item, in the test set's order; at least one
 */
public record ProviderScores(String provider, Map<String, Double> metrics, List<ItemScore> items) {
    /** The fine-tuned model, loaded from the packaged artifact. */
    public static final String TUNED = "tuned";

    /** The same base model without the adapter, given the same prompts. */
    public static final String BASE = "base";

    /** Throws {@link IllegalArgumentException} when there is no item, or a metric is outside [0, 1] or not a number. */
    public ProviderScores {
        metrics = UnitScores.sorted(provider, metrics);
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException(provider + " has no items, so nothing was measured");
        }
    }
}
