package io.github.ftmaven.runtime.checks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of a dataset whose answers are labels: short ones, few of them different.
 *
 * @param rows the rows of each label, those to learn first, by the label's text
 */
public record AnswerLabels(SortedMap<String, Label> rows) {
    private static final int LONGEST = 80; // characters
    private static final int FEWEST_ROWS = 20;
    private static final int ROWS_PER_LABEL = 4;

    /** Copies the map. */
    public AnswerLabels {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /** The rows of one label by split. */
    public record Label(List<InspectedRow> train, List<InspectedRow> validation, List<InspectedRow> test) {
        private static Label empty() {
            return new Label(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** The first row of any split. */
        InspectedRow first() {
            return (train.isEmpty() ? validation.isEmpty() ? test : validation : train).get(0);
        }
    }

    /** The labels; empty if the answers are free text. */
    public static Optional<AnswerLabels> of(Inspection rows) {
        Map<String, Label> labels = new TreeMap<>();
        for (InspectedRow row : rows.train()) {
            if (!isLabel(row)) {
                return Optional.empty();
            }
            label(labels, row).train().add(row);
        }
        if (rows.train().size() < FEWEST_ROWS
                || labels.size() < 2
                || labels.size() * ROWS_PER_LABEL > rows.train().size()) {
            return Optional.empty();
        }
        rows.validation().forEach(row -> label(labels, row).validation().add(row));
        rows.test().forEach(row -> label(labels, row).test().add(row));
        return Optional.of(new AnswerLabels(new TreeMap<>(labels)));
    }

    private static Label label(Map<String, Label> labels, InspectedRow row) {
        return labels.computeIfAbsent(row.answer(), label -> Label.empty());
    }

    private static boolean isLabel(InspectedRow row) {
        return row.question().asks()
                && !row.answer().isEmpty()
                && row.answer().length() <= LONGEST
                && row.answer().indexOf('\n') < 0;
    }
}
