package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Draws about the same share of each label. The first unit of a label is learnt. The others, in their order, form runs as
 * long as one drawn unit needs, such as five for a fraction of 0.2; the seed decides which one of each run is drawn. So
 * a unit's side depends on earlier units of its label alone.
 *
 * @param test the fraction of test rows; 0 for none
 * @param validation the fraction of validation rows; 0 for none
 * @param key what the labels are, for messages
 */
record StratifiedDraw(long seed, double test, double validation, String key) {
    /** The units of a label so far. */
    private static final class Seen {
        private int units;
        private int notTested;
    }

    /**
     * The side of each unit.
     *
     * @param labels the label of each row; a unit has that of its first row
     */
    List<Split> sides(List<DrawUnit> units, List<String> labels) {
        Map<String, Seen> seen = new HashMap<>();
        List<Split> sides = new ArrayList<>();
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            String label = labels.get(units.get(i).first());
            Seen before = seen.computeIfAbsent(label, each -> new Seen());
            int number = before.units++ - 1;
            if (number < 0) {
                sides.add(Split.TRAIN);
                continue;
            }
            candidates.add(i);
            if (isDrawn(Split.TEST, label, number, test)) {
                sides.add(Split.TEST);
            } else {
                boolean validates = isDrawn(Split.VALIDATION, label, before.notTested++, validation / (1 - test));
                sides.add(validates ? Split.VALIDATION : Split.TRAIN);
            }
        }
        if (test > 0) {
            drawOne(Split.TEST, units, sides, candidates);
        }
        if (validation > 0) {
            drawOne(Split.VALIDATION, units, sides, candidates);
        }
        return List.copyOf(sides);
    }

    private boolean isDrawn(Split split, String label, int number, double fraction) {
        if (fraction == 0) {
            return false;
        }
        IntUnaryOperator run = i -> (int) Math.floor(i * fraction);
        int own = run.applyAsInt(number);
        int start = start(run, own, fraction);
        int length = start(run, own + 1, fraction) - start;
        double place = Place.of(seed, split.label(), label, String.valueOf(own));
        return number == start + (int) (place * length);
    }

    /** The first number of a run. */
    private static int start(IntUnaryOperator run, int wanted, double fraction) {
        int start = (int) Math.ceil(wanted / fraction);
        while (start > 0 && run.applyAsInt(start - 1) >= wanted) { // as rounding may have it
            start--;
        }
        while (run.applyAsInt(start) < wanted) {
            start++;
        }
        return start;
    }

    /** Draws one unit if none is drawn. */
    private void drawOne(Split split, List<DrawUnit> units, List<Split> sides, List<Integer> candidates) {
        if (sides.contains(split)) {
            return;
        }
        int drawn = candidates.stream()
                .filter(i -> sides.get(i) == Split.TRAIN)
                .min(Comparator.comparingDouble(i -> Place.of(seed, units.get(i).id())))
                .orElseThrow(() -> new InvalidInputException("dataset.split.stratifyBy: " + key
                        + ": the first question of each value is learnt, and too few values have more questions to draw"
                        + " rows for " + split.label() + ". Stratify by what fewer values have, or remove the key."));
        sides.set(drawn, split);
    }
}
