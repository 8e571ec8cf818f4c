package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.checks.NearSearch.Near;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Questions that nearly repeat a training question. One search serves two checks. */
final class NearRows {
    /** A question, its first row, and the training row that it resembles most. */
    private record Pair(InspectedRow row, InspectedRow other, double similarity) {}

    private final Supplier<IdentityHashMap<InspectedRow, Pair>> search;
    private @Nullable IdentityHashMap<InspectedRow, Pair> pairs;

    NearRows(Inspection rows) {
        search = () -> search(rows);
    }

    /** Training questions that are nearly an earlier one. */
    DataCheck duplicates() {
        return rows -> {
            IdentityHashMap<InspectedRow, Pair> near = pairs();
            return findings(
                    "train: questions that are nearly an earlier one",
                    rows.train().stream()
                            .filter(near::containsKey)
                            .map(near::get)
                            .toList());
        };
    }

    /** Questions of the test and validation files that are nearly in training. */
    DataCheck leaks() {
        return rows -> {
            IdentityHashMap<InspectedRow, Pair> near = pairs();
            List<Finding> findings = new ArrayList<>();
            for (Inspection.Part part : rows.heldOut()) {
                findings.addAll(findings(
                        part.name() + ": questions that are nearly in train",
                        part.rows().stream()
                                .filter(near::containsKey)
                                .map(near::get)
                                .toList()));
            }
            return findings;
        };
    }

    /** The nearest first: they are the ones to look at. */
    private static List<Finding> findings(String what, List<Pair> pairs) {
        Finding.Collector found = new Finding.Collector(what);
        pairs.stream()
                .sorted(Comparator.comparingDouble(Pair::similarity).reversed())
                .forEach(pair -> found.add(() -> Sighting.of(
                        pair.row(),
                        pair.row().question().text(),
                        pair.other(),
                        pair.other().question().text(),
                        String.format(Locale.ROOT, "%.0f %% the same", Math.floor(100 * pair.similarity())))));
        return found.findings();
    }

    private synchronized IdentityHashMap<InspectedRow, Pair> pairs() {
        if (pairs == null) {
            pairs = search.get();
        }
        return pairs;
    }

    private static IdentityHashMap<InspectedRow, Pair> search(Inspection rows) {
        Map<String, InspectedRow> first = new LinkedHashMap<>();
        IdentityHashMap<InspectedRow, Pair> pairs = new IdentityHashMap<>();
        rows.train().forEach(row -> add(row, first, pairs));
        int trained = first.size();
        Map<String, InspectedRow> all = new LinkedHashMap<>(first);
        for (Inspection.Part part : rows.heldOut()) {
            for (InspectedRow row : part.rows()) {
                InspectedRow same = first.get(row.question().normal());
                if (same != null) {
                    pairs.put(row, new Pair(row, same, 1));
                } else {
                    all.putIfAbsent(row.question().normal(), row);
                }
            }
        }
        List<InspectedRow> unique = List.copyOf(all.values());
        @Nullable Near[] near = new NearSearch(List.copyOf(all.keySet()), trained).find();
        for (int i = 0; i < near.length; i++) {
            Near found = near[i];
            if (found != null) {
                InspectedRow row = unique.get(i);
                pairs.put(row, new Pair(row, unique.get(found.index()), found.similarity()));
            }
        }
        return pairs;
    }

    /** Keeps the first row of each text. A later one is near only if the spec takes it for another question. */
    private static void add(
            InspectedRow row, Map<String, InspectedRow> first, IdentityHashMap<InspectedRow, Pair> pairs) {
        InspectedRow same = first.putIfAbsent(row.question().normal(), row);
        if (same != null && !same.question().key().equals(row.question().key())) {
            pairs.put(row, new Pair(row, same, 1));
        }
    }
}
