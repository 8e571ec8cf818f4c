package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.HeldOut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Draws the newest units as test units, and those before them as validation units. A unit is as new as its newest row. A
 * border is a time: rows of one time are never on two sides.
 *
 * @param test the share of the newest rows, or their first time
 * @param validation the share of the rows before them, or their first time
 */
record TimeDraw(HeldOut test, HeldOut validation) {
    private static final String TIME_BY = "dataset.split.timeBy";

    /**
     * The side of each unit.
     *
     * @param times the time of each row
     */
    List<Split> sides(List<DrawUnit> units, List<RowTime> times) {
        List<RowTime> newest = units.stream()
                .map(unit ->
                        Collections.max(unit.rows().stream().map(times::get).toList()))
                .toList();
        NavigableMap<RowTime, Integer> rows = new TreeMap<>(Comparator.reverseOrder());
        for (int i = 0; i < units.size(); i++) {
            rows.merge(newest.get(i), units.get(i).rows().size(), Integer::sum);
        }
        int more = validation.isDrawn() ? 1 : 0;
        RowTime tested = test.isDrawn() ? border("dataset.test", test, rows, times.size(), more + 1) : null;
        NavigableMap<RowTime, Integer> older = tested == null ? rows : rows.tailMap(tested, false);
        RowTime validated =
                validation.isDrawn() ? border("dataset.validation", validation, older, times.size(), 1) : null;
        List<Split> sides = new ArrayList<>();
        for (RowTime time : newest) {
            sides.add(isFrom(tested, time) ? Split.TEST : isFrom(validated, time) ? Split.VALIDATION : Split.TRAIN);
        }
        return List.copyOf(sides);
    }

    private static boolean isFrom(@Nullable RowTime border, RowTime time) {
        return border != null && time.compareTo(border) >= 0;
    }

    /**
     * The first time of a side.
     *
     * @param rows the number of rows of each time, the newest time first
     * @param all the number of all rows
     * @param others how many times the sides before this one need
     */
    private static RowTime border(String key, HeldOut side, NavigableMap<RowTime, Integer> rows, int all, int others) {
        if (side.from() != null) {
            return fixed(key, side.from(), rows);
        }
        if (rows.size() <= others) {
            throw new InvalidInputException(
                    key + ": " + side.shown() + ": the rows left have too few different times in "
                            + TIME_BY + " for train and for each drawn side. Name files in " + key
                            + ", or draw without " + TIME_BY + ".");
        }
        double wanted = side.fraction() * all;
        List<RowTime> candidates = new ArrayList<>(rows.keySet()).subList(0, rows.size() - others);
        RowTime border = candidates.get(0);
        double nearest = Double.POSITIVE_INFINITY;
        int drawn = 0;
        for (RowTime candidate : candidates) {
            drawn += rows.getOrDefault(candidate, 0);
            if (Math.abs(drawn - wanted) < nearest) {
                nearest = Math.abs(drawn - wanted);
                border = candidate;
            }
        }
        return border;
    }

    private static RowTime fixed(String key, String from, NavigableMap<RowTime, Integer> rows) {
        RowTime border = RowTime.read(key + ".from: '" + from + "'", from);
        if (rows.isEmpty()) {
            throw new InvalidInputException(
                    key + ".from: " + from + ": all rows are newer. Set a later time for test.");
        }
        RowTime last = rows.firstKey();
        if (!border.isLike(last)) {
            throw new InvalidInputException(key + ".from: " + from + " is " + kind(border) + ", but " + TIME_BY
                    + " has " + kind(last) + ", such as " + last.written() + ".");
        }
        if (border.compareTo(last) > 0) {
            throw new InvalidInputException(
                    key + ".from: " + from + ": no row is that new; the newest of those that are" + " left is of "
                            + last.written() + ". Set an earlier time.");
        }
        if (border.compareTo(rows.lastKey()) <= 0) {
            throw new InvalidInputException(
                    key + ".from: " + from + ": leaves nothing to learn, because the oldest row is" + " of "
                            + rows.lastKey().written() + ". Set a later time.");
        }
        return border;
    }

    private static String kind(RowTime time) {
        return time.dated() ? "a date" : "a number";
    }
}
