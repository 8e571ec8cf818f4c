package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fails a test that asks a model or a server. */
final class NobodyGrades implements GradingServices {
    @Override
    public Response ask(JsonNode declared, String prompt, ObjectNode vars) {
        throw new AssertionError(prompt);
    }

    @Override
    public Embedding embed(JsonNode declared, String text) {
        throw new AssertionError(text);
    }

    @Override
    public JsonNode post(String address, JsonNode body) {
        throw new AssertionError(address);
    }
}
