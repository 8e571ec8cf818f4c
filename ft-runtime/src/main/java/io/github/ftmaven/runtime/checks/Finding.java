package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.error.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a check found.
 *
 * @param what what is counted, such as {@code train: rows that repeat an earlier row}
 * @param first the first of them
 */
public record Finding(String what, int count, List<Sighting> first) {
    private static final int IN_LINE = 3;

    /** Copies the list. */
    public Finding {
        first = List.copyOf(first);
    }

    /** The finding on one line: what, how many, and where the first are. It quotes no row. */
    public String line() {
        int shown = Math.min(IN_LINE, first.size());
        String places =
                first.stream().limit(shown).map(Sighting::places).distinct().collect(Collectors.joining("; "));
        int more = count - shown;
        return String.format(Locale.ROOT, "%s: %,d", what, count)
                + (shown == 0
                        ? ""
                        : " (" + places + (more > 0 ? "; and " + Counted.of(more, "more", "more") : "") + ")");
    }

    /** Counts what a check comes across, and keeps the first. */
    static final class Collector {
        private static final int KEPT = 10;

        private final String what;
        private final List<Sighting> first = new ArrayList<>();
        private int count;

        Collector(String what) {
            this.what = what;
        }

        /** Counts one; it is described only if it is among the first. */
        void add(Supplier<Sighting> sighting) {
            count++;
            if (first.size() < KEPT) {
                first.add(sighting.get());
            }
        }

        /** Counts the rows of a split with a mark. */
        void addAll(SplitRows rows, int mark, Function<InspectedRow, Sighting> sighting) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.notes(i).shows(mark)) {
                    int index = i;
                    add(() -> sighting.apply(rows.row(index)));
                }
            }
        }

        /** The finding; none if nothing was added. */
        List<Finding> findings() {
            return count == 0 ? List.of() : List.of(new Finding(what, count, first));
        }
    }
}
