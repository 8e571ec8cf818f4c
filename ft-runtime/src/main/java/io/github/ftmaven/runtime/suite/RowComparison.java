package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ftmaven.runtime.assertion.Assertion;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.assertion.Grader;
import io.github.ftmaven.runtime.assertion.OutputComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Assertions that compare the answers to one test. If one of the answers is an error, the comparison is impossible,
 * and all of these tests become errors.
 */
final class RowComparison {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RowComparison() {}

    /** Whether any test compares answers. */
    static boolean isWanted(List<ResultRow> rows) {
        return rows.stream().anyMatch(row -> !comparisons(row).isEmpty());
    }

    /** The rows after their comparisons, in the same order. */
    static List<ResultRow> compare(List<ResultRow> rows, Grader grader, RowThread thread) {
        Map<Integer, List<Integer>> tests = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            tests.computeIfAbsent(rows.get(i).testIndex(), index -> new ArrayList<>())
                    .add(i);
        }
        List<ResultRow> compared = new ArrayList<>(rows);
        for (List<Integer> indices : tests.values()) {
            for (Assertion assertion : comparisons(rows.get(indices.get(0)))) {
                List<ResultRow> group = indices.stream().map(compared::get).toList();
                List<ResultRow> results = compare(assertion, group, grader, thread);
                for (int i = 0; i < indices.size(); i++) {
                    compared.set(indices.get(i), results.get(i));
                }
            }
        }
        return compared;
    }

    /** The comparisons of a test; a judge's choice comes first, because it does not depend on the others. */
    private static List<Assertion> comparisons(ResultRow row) {
        List<Assertion> all = row.test().assertions();
        return List.of("select-best", "max-score").stream()
                .flatMap(type ->
                        all.stream().filter(assertion -> assertion.type().equals(type)))
                .toList();
    }

    private static List<ResultRow> compare(
            Assertion assertion, List<ResultRow> group, Grader grader, RowThread thread) {
        List<JsonNode> outputs = new ArrayList<>();
        List<Graded> graded = new ArrayList<>();
        for (ResultRow row : group) {
            if (row.graded() == null || row.response() == null) {
                return group.stream()
                        .map(other -> other.error() != null
                                ? other
                                : other.failed(assertion.type() + ": another answer to this test is an error"))
                        .toList();
            }
            outputs.add(row.response().output());
            graded.add(row.graded());
        }
        ResultRow first = group.get(0);
        Grader.Case test = new Grader.Case(
                first.rendered(),
                first.vars(),
                first.test().json(),
                JSON.objectNode().put("id", first.column().provider().id()),
                first.column().provider().config(),
                outputs.get(0));
        try {
            List<Graded> outcomes = thread.call(() -> grader.compare(assertion, outputs, graded, test));
            List<ResultRow> results = new ArrayList<>();
            for (int i = 0; i < group.size(); i++) {
                results.add(group.get(i).graded(graded.get(i).and(Objects.requireNonNull(outcomes.get(i)))));
            }
            return results;
        } catch (CheckException e) {
            return group.stream().map(row -> row.failed(e.getMessage())).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return group.stream().map(row -> row.failed("interrupted")).toList();
        }
    }

    /** Whether a type is one of these. */
    static boolean compares(Assertion assertion) {
        return OutputComparison.TYPES.contains(assertion.type());
    }
}
