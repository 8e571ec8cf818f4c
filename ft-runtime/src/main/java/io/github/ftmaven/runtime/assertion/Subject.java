package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.script.JavaScript;

/**
 * The subject of a check.
 *
 * @param value the expected value, rendered
 * @param fromFile whether {@code value} is the result of a user's script
 * @param output the provider's output, transformed
 * @param text the output as text: the text itself, or its JSON
 * @param response the answer's metadata
 * @param context the context for scripts
 * @param test the test of the answer
 */
record Subject(
        Assertion assertion,
        JsonNode value,
        boolean fromFile,
        JsonNode output,
        String text,
        Response response,
        ObjectNode context,
        Grader.Case test,
        JavaScript scripts) {
    boolean inverse() {
        return assertion.inverse();
    }

    /** "not " for a negated type. */
    String not() {
        return inverse() ? "not " : "";
    }
}
