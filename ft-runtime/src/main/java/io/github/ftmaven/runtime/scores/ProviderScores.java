package io.github.ftmaven.runtime.scores;

import java.util.List;
import java.util.Map;

/**
 * How one provider ({@code tuned}, {@code base}) did on the whole test set.
 *
 * @param metrics metric by its name in the spec, such as {@code macro-f1}
 * @param items one entry a test item, in the test set's order
 */
public record ProviderScores(String provider, Map<String, Double> metrics, List<ItemScore> items) {}
