package io.github.ftmaven.runtime.scores;

import java.util.Map;

/**
 * How one provider did on one test item.
 *
 * @param id the item's source, such as {@code data/test.jsonl:3}; the same for every provider
 * @param expected the answer wanted
 * @param answer the answer given
 * @param scores score by name, each in [0, 1]; {@code accuracy} is 1 for an exact match
 */
public record ItemScore(String id, String expected, String answer, Map<String, Double> scores) {
    /** Throws {@link IllegalArgumentException} when a score is outside [0, 1] or not a number. */
    public ItemScore {
        scores = UnitScores.sorted(id, scores);
    }
}
