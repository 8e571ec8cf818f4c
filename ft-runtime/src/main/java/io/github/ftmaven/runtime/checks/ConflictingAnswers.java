package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Questions that have more than one answer. */
final class ConflictingAnswers implements DataCheck {
    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>(find(rows.train(), "train: prompts with more than one answer"));
        findings.addAll(find(rows.test(), "test: prompts with more than one expected answer"));
        return findings;
    }

    private static List<Finding> find(List<InspectedRow> rows, String what) {
        Map<Object, InspectedRow> first = new LinkedHashMap<>();
        Set<Object> counted = new HashSet<>();
        Finding.Collector found = new Finding.Collector(what);
        for (InspectedRow row : rows) {
            Object key = row.question().key();
            InspectedRow earlier = first.putIfAbsent(key, row);
            if (earlier != null && !earlier.answer().equals(row.answer()) && counted.add(key)) {
                found.add(() -> new Sighting(
                        List.of(row.source(), earlier.source()),
                        List.of(Sighting.both(row), Sighting.both(earlier)),
                        ""));
            }
        }
        return found.findings();
    }
}
