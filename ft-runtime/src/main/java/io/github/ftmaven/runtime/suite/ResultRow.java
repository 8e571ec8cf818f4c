package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.assertion.Response;
import org.jspecify.annotations.Nullable;

/**
 * The result of one test with one provider and one prompt.
 *
 * @param testIndex counts tests, their combinations of variables and their repetitions
 * @param columnIndex counts pairs of provider and prompt
 * @param column the provider and the prompt
 * @param rendered the rendered prompt
 * @param vars the variables of this combination
 * @param response null if there is none
 * @param graded null if it could not be graded
 * @param error the reason why it could not be graded; null if it could
 */
public record ResultRow(
        int testIndex,
        int columnIndex,
        TestCase test,
        Column column,
        String rendered,
        ObjectNode vars,
        @Nullable Response response,
        @Nullable Graded graded,
        @Nullable String error) {
    /** Whether it was graded, and passed. */
    public boolean passed() {
        return graded != null && graded.pass();
    }

    /** The score; 0 for an error. */
    public double score() {
        return graded == null ? 0 : graded.score();
    }

    /** The explanation of the result, for people. */
    public String reason() {
        return error != null ? error : graded == null ? "" : graded.reason();
    }

    /** This row with another grade. */
    ResultRow graded(Graded other) {
        return new ResultRow(testIndex, columnIndex, test, column, rendered, vars, response, other, null);
    }

    /** This row as an error. */
    ResultRow failed(@Nullable String problem) {
        return new ResultRow(testIndex, columnIndex, test, column, rendered, vars, response, null, "Error: " + problem);
    }
}
