package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.List;

/** Training rows that say the same as an earlier one, and test rows that ask the same. */
final class RepeatedRows implements DataCheck {
    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(find("train: rows that repeat an earlier row", rows.train(), byBoth(rows.train())));
        findings.addAll(find(
                "test: rows that repeat the question of an earlier row; acceptance rules count them as one question",
                rows.test(),
                byQuestion(rows.test())));
        return findings;
    }

    private static List<Finding> find(String what, SplitRows rows, FirstRows first) {
        Finding.Collector found = new Finding.Collector(what);
        for (int i = 0; i < rows.size(); i++) {
            int earlier = first.add(i);
            if (earlier != i) {
                int index = i;
                found.add(() -> sighting(rows.row(index), rows.row(earlier)));
            }
        }
        return found.findings();
    }

    private static Sighting sighting(InspectedRow row, InspectedRow earlier) {
        return Sighting.of(
                row, row.question().text(), earlier, earlier.question().text(), "");
    }

    /** The first row that asks the same. */
    static FirstRows byQuestion(SplitRows rows) {
        return new FirstRows(
                new FirstRows.Keys() {
                    @Override
                    public int hash(int row) {
                        return rows.question(row).hashCode();
                    }

                    @Override
                    public boolean equal(int row, int other) {
                        return rows.question(row).equals(rows.question(other));
                    }
                },
                rows.size());
    }

    /** The first row that asks and answers the same. */
    private static FirstRows byBoth(SplitRows rows) {
        return new FirstRows(
                new FirstRows.Keys() {
                    @Override
                    public int hash(int row) {
                        return rows.question(row).hashCode() * 31
                                + Long.hashCode(rows.notes(row).answer());
                    }

                    @Override
                    public boolean equal(int row, int other) {
                        return rows.notes(row).answer() == rows.notes(other).answer()
                                && rows.question(row).equals(rows.question(other));
                    }
                },
                rows.size());
    }
}
