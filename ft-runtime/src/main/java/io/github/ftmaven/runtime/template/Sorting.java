package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sorts stably by any order: Java's own sort rejects inconsistent orders, such as those with NaN. */
final class Sorting {
    private Sorting() {}

    /** The items, sorted. */
    static List<Object> sorted(List<Object> items, Comparator<Object> order) {
        Budget.items(items.size());
        List<Object> sorted = new ArrayList<>(items);
        sort(sorted, new ArrayList<>(items), 0, items.size(), order);
        return sorted;
    }

    /** Sorts a range of {@code into}, which holds the same items as {@code from}. */
    private static void sort(List<Object> into, List<Object> from, int start, int end, Comparator<Object> order) {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        sort(from, into, start, middle, order);
        sort(from, into, middle, end, order);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            Budget.step();
            boolean first = left < middle && (right == end || order.compare(from.get(right), from.get(left)) >= 0);
            into.set(i, first ? from.get(left++) : from.get(right++));
        }
    }
}
