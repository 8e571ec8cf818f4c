package io.github.ftmaven.runtime.scores;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one provider ({@link #TUNED}, {@link #BASE}, a baseline) did on all items of a set.
 *
 * @param metrics metric by its name in rules, such as {@code macro-f1}; finite numbers
 * @param items one entry a test item, in the set's order; at least one
 */
public record ProviderScores(String provider, Map<String, Double> metrics, List<ItemScore> items) {
    /** The fine-tuned model, loaded from the packaged artifact. */
    public static final String TUNED = "tuned";

    /** The same base model without the adapter, given the same prompts. */
    public static final String BASE = "base";

    /** Begins the id by which a suite names a model of the spec: {@code ft:tuned}, {@code ft:base}, a baseline's label. */
    public static final String SUITE_PREFIX = "ft:";

    /** The adapter that was released last. */
    public static final String RELEASED = "released";

    /** Throws {@link IllegalArgumentException} when there is no item, or a metric is not a finite number. */
    public ProviderScores {
        metrics = FiniteScores.sorted(provider, metrics);
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException(provider + " has no items, so nothing was measured");
        }
    }

    /** The same with one more metric. */
    public ProviderScores with(String metric, double value) {
        Map<String, Double> more = new TreeMap<>(metrics);
        more.put(metric, value);
        return new ProviderScores(provider, more, items);
    }
}
