package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Questions that have more than one answer. */
final class ConflictingAnswers implements DataCheck {
    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>(find(rows.train(), "train: prompts with more than one answer"));
        findings.addAll(find(rows.test(), "test: prompts with more than one expected answer"));
        return findings;
    }

    private static List<Finding> find(SplitRows rows, String what) {
        FirstRows first = RepeatedRows.byQuestion(rows);
        BitSet counted = new BitSet();
        Finding.Collector found = new Finding.Collector(what);
        for (int i = 0; i < rows.size(); i++) {
            int earlier = first.add(i);
            if (rows.notes(earlier).answer() != rows.notes(i).answer() && !counted.get(earlier)) {
                counted.set(earlier);
                int index = i;
                found.add(() -> sighting(rows.row(index), rows.row(earlier)));
            }
        }
        return found.findings();
    }

    private static Sighting sighting(InspectedRow row, InspectedRow earlier) {
        return new Sighting(
                List.of(row.source(), earlier.source()), List.of(Sighting.both(row), Sighting.both(earlier)), "");
    }
}
