package io.github.ftmaven.runtime.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The share of a label in two sets.
 *
 * @param before its share in the reference, from 0 to 1
 * @param after its share in the other set
 */
public record LabelShift(String label, double before, double after) {
    /** All labels, the largest change first; empty unless both sets have labels. */
    public static List<LabelShift> of(Fingerprint reference, Fingerprint other) {
        List<LabelShift> shifts = new ArrayList<>();
        if (reference.labelled() > 0 && other.labelled() > 0) {
            SortedSet<String> all = new TreeSet<>(reference.labels().keySet());
            all.addAll(other.labels().keySet());
            all.forEach(label -> shifts.add(new LabelShift(label, share(reference, label), share(other, label))));
        }
        shifts.sort(Comparator.comparingDouble((LabelShift shift) -> -Math.abs(shift.change()))
                .thenComparing(LabelShift::label));
        return shifts;
    }

    private static double share(Fingerprint set, String label) {
        return (double) set.labels().getOrDefault(label, 0) / set.labelled();
    }

    /** The share's change. */
    public double change() {
        return after - before;
    }
}
