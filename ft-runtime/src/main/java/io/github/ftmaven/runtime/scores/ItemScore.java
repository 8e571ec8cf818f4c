package io.github.ftmaven.runtime.scores;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of one provider on one test item.
 *
 * @param id the item's source, such as {@code data/test.jsonl:3}; the same for every provider
 * @param expected the expected answer; empty if only a score is known
 * @param answer the provider's answer
 * @param scores finite numbers by name; {@code accuracy} is 1 for an exact match
 * @param metadata the item's metadata, such as {@code group}; the same for every provider
 * @param copyOf the earlier item with the same question, or null; the same for every provider
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

    /** An item with a new question. */
    public ItemScore(
            String id, String expected, String answer, Map<String, Double> scores, Map<String, String> metadata) {
        this(id, expected, answer, scores, metadata, null);
    }

    /** An item without metadata. */
    public ItemScore(String id, String expected, String answer, Map<String, Double> scores) {
        this(id, expected, answer, scores, Map.of());
    }

    /** The same item as a copy of an earlier item, or with null as an original. */
    public ItemScore withCopyOf(@Nullable String earlier) {
        return new ItemScore(id, expected, answer, scores, metadata, earlier);
    }
}
