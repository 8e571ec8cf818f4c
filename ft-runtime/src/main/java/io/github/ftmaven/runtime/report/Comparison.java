package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares two models item by item.
 *
 * @param right items that both models answer exactly
 * @param wrong items that neither model answers exactly
 * @param fixed items that only the tuned model answers exactly, in the test set's order
 * @param broken items that only the base model answers exactly, in the test set's order
 */
record Comparison(int right, int wrong, List<Change> fixed, List<Change> broken) {
    /** An item that only one of the models answers exactly; {@code wrong} is the other model's answer. */
    record Change(String id, String expected, String wrong) {}

    /** Compares the tuned model with its base; empty unless both were evaluated. */
    static Optional<Comparison> of(Scores scores) {
        return Providers.comparedBase(scores)
                .map(base -> of(base.items(), EvaluationReport.subject(scores).items()));
    }

    private static Comparison of(List<ItemScore> base, List<ItemScore> tuned) {
        int right = 0;
        int wrong = 0;
        List<Change> fixed = new ArrayList<>();
        List<Change> broken = new ArrayList<>();
        for (int i = 0; i < base.size(); i++) {
            ItemScore before = base.get(i);
            ItemScore after = tuned.get(i);
            if (exact(before) && exact(after)) {
                right++;
            } else if (exact(after)) {
                fixed.add(new Change(before.id(), before.expected(), before.answer()));
            } else if (exact(before)) {
                broken.add(new Change(after.id(), after.expected(), after.answer()));
            } else {
                wrong++;
            }
        }
        return new Comparison(right, wrong, List.copyOf(fixed), List.copyOf(broken));
    }

    private static boolean exact(ItemScore item) {
        return Metrics.normalize(item.expected()).equals(Metrics.normalize(item.answer()));
    }
}
