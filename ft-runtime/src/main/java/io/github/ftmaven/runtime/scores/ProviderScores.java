package io.github.ftmaven.runtime.scores;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results of one provider ({@link #TUNED}, {@link #BASE}, a baseline) on all items of a set.
 *
 * @param metrics finite values by the metric's name in rules, such as {@code macro-f1}
 * @param items one entry per test item, in the set's order; at least one
 */
public record ProviderScores(String provider, Map<String, Double> metrics, List<ItemScore> items) {
    /** The fine-tuned model, loaded from the packaged artifact. */
    public static final String TUNED = "tuned";

    /** The same base model without the adapter, given the same prompts. */
    public static final String BASE = "base";

    /**
     * The prefix of ids by which a suite names models of the spec: {@code ft:tuned}, {@code ft:base}, a baseline's
     * label.
     */
    public static final String SUITE_PREFIX = "ft:";

    /** The last released adapter. */
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
