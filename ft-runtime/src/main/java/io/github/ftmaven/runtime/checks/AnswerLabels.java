package io.github.ftmaven.runtime.checks;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a dataset whose answers are labels: short ones, few of them different.
 *
 * @param rows how many rows have each label, by the label's text
 */
public record AnswerLabels(SortedMap<String, Label> rows) {
    private static final int LONGEST = 80; // characters
    private static final int FEWEST_ROWS = 20;
    private static final int ROWS_PER_LABEL = 4;

    /** Copies the map. */
    public AnswerLabels {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /**
     * The rows of one label by split.
     *
     * @param first the first row of any split
     * @param firstValidation the first of validation; null for none
     * @param firstTest the first of test; null for none
     */
    public record Label(
            int train,
            int validation,
            int test,
            InspectedRow first,
            @Nullable InspectedRow firstValidation,
            @Nullable InspectedRow firstTest) {}

    /** The rows of one label in one split. */
    private static final class Seen {
        private final int first;
        private int count;

        Seen(int first) {
            this.first = first;
        }
    }

    /** The labels; empty if the answers are free text. */
    public static Optional<AnswerLabels> of(Inspection rows) {
        int most = rows.train().size() / ROWS_PER_LABEL;
        for (int i = 0; i < rows.train().size(); i++) {
            if (!rows.train().notes(i).shows(RowLook.LABEL)) {
                return Optional.empty();
            }
        }
        Map<Long, Seen> train = seen(rows.train(), most);
        if (rows.train().size() < FEWEST_ROWS || train.size() < 2 || train.size() > most) {
            return Optional.empty();
        }
        Map<Long, Seen> validation = seen(rows.validation(), Integer.MAX_VALUE);
        Map<Long, Seen> test = seen(rows.test(), Integer.MAX_VALUE);
        Set<Long> answers = new HashSet<>(train.keySet());
        answers.addAll(validation.keySet());
        answers.addAll(test.keySet());
        Map<String, Label> labels = new HashMap<>();
        for (Long answer : answers) {
            InspectedRow learnt = first(rows.train(), train.get(answer));
            InspectedRow validated = first(rows.validation(), validation.get(answer));
            InspectedRow tested = first(rows.test(), test.get(answer));
            InspectedRow first = Stream.of(learnt, validated, tested)
                    .flatMap(Stream::ofNullable)
                    .findFirst()
                    .orElseThrow();
            labels.put(
                    first.answer(),
                    new Label(
                            count(train.get(answer)),
                            count(validation.get(answer)),
                            count(test.get(answer)),
                            first,
                            validated,
                            tested));
        }
        return Optional.of(new AnswerLabels(new TreeMap<>(labels)));
    }

    /** The different answers of a split, or as many as show that they are no labels. */
    private static Map<Long, Seen> seen(SplitRows rows, int most) {
        Map<Long, Seen> seen = new HashMap<>();
        for (int i = 0; i < rows.size() && seen.size() <= most; i++) {
            int index = i;
            seen.computeIfAbsent(rows.notes(i).answer(), answer -> new Seen(index)).count++;
        }
        return seen;
    }

    private static @Nullable InspectedRow first(SplitRows rows, @Nullable Seen seen) {
        return seen == null ? null : rows.row(seen.first);
    }

    private static int count(@Nullable Seen seen) {
        return seen == null ? 0 : seen.count;
    }

    static boolean isLabel(InspectedRow row) {
        return row.question().asks()
                && !row.answer().isEmpty()
                && row.answer().length() <= LONGEST
                && row.answer().indexOf('\n') < 0;
    }
}
