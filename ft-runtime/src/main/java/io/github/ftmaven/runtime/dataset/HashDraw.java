package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws units by the place of their id between 0 and 1: test units from below, validation units from above. No unit's side
 * depends on the others, except that each side gets at least one.
 *
 * @param test the fraction of test rows; 0 for none
 * @param validation the fraction of validation rows; 0 for none
 * @param noun what a unit is, for messages
 * @param advice what to do if there are too few
 */
record HashDraw(long seed, double test, double validation, String noun, String advice) {
    /** The side of each unit. */
    List<Split> sides(List<DrawUnit> units) {
        double[] places = new double[units.size()];
        Arrays.setAll(places, i -> Place.of(seed, units.get(i).id()));
        int[] order = IntStream.range(0, places.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> places[i])
                        .thenComparing(i -> units.get(i).id()))
                .mapToInt(i -> i)
                .toArray();
        int tests = test == 0
                ? 0
                : Math.max(
                        1, (int) Arrays.stream(places).filter(at -> at < test).count());
        int validations = validation == 0
                ? 0
                : Math.max(1, (int)
                        Arrays.stream(places).filter(at -> at >= 1 - validation).count());
        int least = Math.min(1, tests) + Math.min(1, validations) + 1;
        if (units.size() < least) {
            throw new InvalidInputException("dataset.train: has only " + Counted.of(units.size(), noun)
                    + ", but train" + (tests > 0 ? (validations > 0 ? ", " : " and ") + "test" : "")
                    + (validations > 0 ? " and validation" : "") + " need one each. " + advice);
        }
        while (tests + validations > units.size() - 1) {
            if (validations > 1) {
                validations--;
            } else {
                tests--;
            }
        }
        Split[] sides = new Split[units.size()];
        for (int i = 0; i < order.length; i++) {
            sides[order[i]] = i < tests ? Split.TEST : i >= order.length - validations ? Split.VALIDATION : Split.TRAIN;
        }
        return List.of(sides);
    }
}
