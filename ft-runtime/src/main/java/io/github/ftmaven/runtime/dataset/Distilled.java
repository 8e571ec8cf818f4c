package io.github.ftmaven.runtime.dataset;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many training rows a teacher answered.
 *
 * @param teacher its name
 * @param server where it was asked
 */
public record Distilled(String teacher, String server, int rows) {
    /** The marks of rows by their source. */
    static Map<String, Origin> origins(List<Example> examples) {
        Map<String, Origin> origins = new HashMap<>();
        examples.forEach(
                example -> Origin.of(example.metadata()).ifPresent(origin -> origins.put(example.source(), origin)));
        return Map.copyOf(origins);
    }

    /** Counts the marked rows of some examples; the teacher with the most rows first. */
    static List<Distilled> count(List<Example> examples, Map<String, Origin> origins) {
        if (origins.isEmpty()) {
            return List.of(); // and no source is read
        }
        Map<Distilled, Integer> rows = new HashMap<>();
        for (Example example : examples) {
            Origin origin = origins.get(example.source());
            if (origin != null) {
                rows.merge(new Distilled(origin.teacher(), origin.server(), 0), 1, Integer::sum);
            }
        }
        return rows.entrySet().stream()
                .map(entry -> new Distilled(entry.getKey().teacher, entry.getKey().server, entry.getValue()))
                .sorted(Comparator.comparingInt(Distilled::rows)
                        .reversed()
                        .thenComparing(Distilled::teacher)
                        .thenComparing(Distilled::server))
                .toList();
    }

    /** A sentence without its end. */
    public String sentence(int all) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d training rows %s answered by the teacher %s (%s)",
                rows,
                all,
                rows == 1 ? "was" : "were",
                teacher,
                server);
    }
}
