package io.github.ftmaven.runtime.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction for several tests at once (Scandinavian Journal of Statistics 6, 1979). */
public final class Holm {
    private Holm() {}

    /**
     * Adjusts p-values, so that calling every one below alpha significant makes any error at all with a probability of
     * at most alpha, whatever the dependence between the tests.
     *
     * @return in the order given
     */
    public static double[] adjust(double... pValues) {
        List<Integer> order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .toList();
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < pValues.length; rank++) {
            int i = order.get(rank);
            largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[i]));
            adjusted[i] = largest;
        }
        return adjusted;
    }
}
