package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.assertion.NamedScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of some rows.
 *
 * @param score the sum of the rows' scores
 * @param named the weighted sum of each metric over rows, as in promptfoo: dividing it by the weights gives the mean
 */
public record Tally(
        int passed,
        int failed,
        int errors,
        double score,
        Assertions assertions,
        long latencyMs,
        double cost,
        NamedScores named) {
    /** The number of assertions that passed and that failed. */
    public record Assertions(int passed, int failed) {}

    /** Sums up rows. */
    public static Tally of(List<ResultRow> rows) {
        int passed = 0;
        int errors = 0;
        double score = 0;
        int assertionsPassed = 0;
        int assertionsFailed = 0;
        long latency = 0;
        double cost = 0;
        Map<String, Double> named = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (ResultRow row : rows) {
            passed += row.passed() ? 1 : 0;
            errors += row.error() != null ? 1 : 0;
            score += row.score();
            if (row.response() != null) {
                latency += row.response().latencyMs();
                cost += row.response().cost() == null ? 0 : row.response().cost();
            }
            Graded graded = row.graded();
            if (graded == null) {
                continue;
            }
            for (Graded component : graded.components()) {
                assertionsPassed += component.pass() ? 1 : 0;
                assertionsFailed += component.pass() ? 0 : 1;
            }
            graded.named().scores().forEach((name, value) -> {
                double weight = graded.named().weights().getOrDefault(name, 1.0);
                named.merge(name, value * weight, Double::sum);
                weights.merge(name, weight, Double::sum);
                counts.merge(name, Math.max(1, graded.named().counts().getOrDefault(name, 0)), Integer::sum);
            });
        }
        return new Tally(
                passed,
                rows.size() - passed - errors,
                errors,
                score,
                new Assertions(assertionsPassed, assertionsFailed),
                latency,
                cost,
                new NamedScores(named, weights, counts));
    }

    /** The number of rows. */
    public int total() {
        return passed + failed + errors;
    }

    /** The percentage of rows that passed; errors did not. */
    public double passRate() {
        return total() == 0 ? 0 : 100.0 * passed / total();
    }
}
