package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.script.JavaScript;

/**
 * What a check is made on.
 *
 * @param value what is expected, rendered
 * @param fromFile whether {@code value} is what a script of the user's returned
 * @param output what the provider gave, transformed
 * @param text the output as text: itself, or its JSON
 * @param response what else is known of the answer
 * @param context what scripts are told
 * @param test what it was the answer to
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

    /** "not " where the opposite is asked for. */
    String not() {
        return inverse() ? "not " : "";
    }
}
