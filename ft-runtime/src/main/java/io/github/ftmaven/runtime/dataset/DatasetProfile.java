package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.checks.CheckResult;
import java.util.List;
import java.util.Map;

/**
 * What the report of a dataset shows. No text in it holds a secret or personal data.
 *
 * @param report the numbers of each split
 * @param limit the longest example that is allowed
 * @param lengths the lengths of all examples by split, those that are too long included
 * @param labels the labels, the most frequent first; empty if the answers are free text
 * @param checks what each check found, the rules of {@code dataset} first
 * @param rendered some examples as the model sees them
 */
public record DatasetProfile(
        DatasetReport report,
        Limit limit,
        Map<Split, List<TokenLengths>> lengths,
        List<LabelCount> labels,
        List<CheckResult> checks,
        List<RenderedExample> rendered) {
    /** Copies the collections. */
    public DatasetProfile {
        lengths = Map.copyOf(lengths);
        labels = List.copyOf(labels);
        checks = List.copyOf(checks);
        rendered = List.copyOf(rendered);
    }

    /**
     * The longest example that is allowed.
     *
     * @param origin who sets it, such as {@code dataset.maxLength}
     */
    public record Limit(int tokens, String origin) {}

    /** A label and how many rows of each split have it. */
    public record LabelCount(String label, int train, int validation, int test) {
        /** All its rows. */
        public int rows() {
            return train + validation + test;
        }
    }
}
