package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.drift.ExampleDigests.Digest;
import java.util.List;

/**
 * How many rows differ between two sets.
 *
 * @param added rows whose question the first set did not have, or had less often
 * @param removed rows whose question the second set does not have, or has less often
 * @param changed rows with the same question and another answer
 */
public record Difference(int added, int removed, int changed) {
    /** Compares two sets of rows, each sorted. */
    static Difference of(List<Digest> before, List<Digest> after) {
        int added = 0;
        int removed = 0;
        int changed = 0;
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            long question = j == after.size()
                            || (i < before.size()
                                    && before.get(i).question() < after.get(j).question())
                    ? before.get(i).question()
                    : after.get(j).question();
            int gone = 0;
            int come = 0;
            while (asks(before, i, question) || asks(after, j, question)) {
                int order = !asks(before, i, question)
                        ? 1
                        : !asks(after, j, question)
                                ? -1
                                : Long.compare(
                                        before.get(i).answer(), after.get(j).answer());
                gone += order < 0 ? 1 : 0;
                come += order > 0 ? 1 : 0;
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
            }
            int other = Math.min(gone, come);
            changed += other;
            removed += gone - other;
            added += come - other;
        }
        return new Difference(added, removed, changed);
    }

    private static boolean asks(List<Digest> rows, int i, long question) {
        return i < rows.size() && rows.get(i).question() == question;
    }

    /** Whether the sets are equal. */
    public boolean isNone() {
        return added == 0 && removed == 0 && changed == 0;
    }
}
