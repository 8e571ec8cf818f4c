package io.github.ftmaven.runtime.scores;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one provider did on one test item.
 *
 * @param id the item's source, such as {@code data/test.jsonl:3}; the same for every provider
 * @param expected the answer wanted; empty where nothing but a score is known
 * @param answer the answer given
 * @param scores finite numbers by name; {@code accuracy} is 1 for an exact match
 * @param metadata what the data says of the item, such as its {@code group}; the same for every provider
 * @param copyOf the item before it that asks the same; null for none; the same for every provider
 */
public record ItemScore(
        String id,
        String expected,
        String answer,
        Map<String, Double> scores,
        Map<String, String> metadata,
        @Nullable String copyOf) {
    /** Throws {@link IllegalArgumentException} when a score is not a finite number. */
    public ItemScore {
        scores = FiniteScores.sorted(id, scores);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** One that asks what none before it does. */
    public ItemScore(
            String id, String expected, String answer, Map<String, Double> scores, Map<String, String> metadata) {
        this(id, expected, answer, scores, metadata, null);
    }

    /** One of which the data says nothing more. */
    public ItemScore(String id, String expected, String answer, Map<String, Double> scores) {
        this(id, expected, answer, scores, Map.of());
    }

    /** The same as a copy of an earlier item, or as none. */
    public ItemScore withCopyOf(@Nullable String earlier) {
        return new ItemScore(id, expected, answer, scores, metadata, earlier);
    }
}
