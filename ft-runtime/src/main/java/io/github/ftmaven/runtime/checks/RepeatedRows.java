package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Training rows that say the same as an earlier one, and test rows that ask the same. */
final class RepeatedRows implements DataCheck {
    private record Said(Object question, String answer) {}

    @Override
    public List<Finding> find(Inspection rows) {
        List<Finding> findings = new ArrayList<>();
        Finding.Collector train = new Finding.Collector("train: rows that repeat an earlier row");
        Map<Said, InspectedRow> said = new HashMap<>();
        for (InspectedRow row : rows.train()) {
            add(train, row, said.putIfAbsent(new Said(row.question().key(), row.answer()), row));
        }
        findings.addAll(train.findings());
        Finding.Collector test = new Finding.Collector(
                "test: rows that repeat the question of an earlier row; acceptance rules count them as one question");
        Map<Object, InspectedRow> asked = new HashMap<>();
        for (InspectedRow row : rows.test()) {
            add(test, row, asked.putIfAbsent(row.question().key(), row));
        }
        findings.addAll(test.findings());
        return findings;
    }

    private static void add(Finding.Collector found, InspectedRow row, @Nullable InspectedRow earlier) {
        if (earlier != null) {
            found.add(() -> Sighting.of(
                    row, row.question().text(), earlier, earlier.question().text(), ""));
        }
    }
}
