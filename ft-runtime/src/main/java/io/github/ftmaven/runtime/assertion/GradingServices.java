package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The models and services that grade. Called by several threads at once. */
public interface GradingServices {
    /** The purpose of a model. */
    enum Kind {
        /** To answer a prompt. */
        TEXT,
        /** To embed a text. */
        EMBEDDING
    }

    /**
     * The embedding of a text.
     *
     * @param vector not empty, all finite
     */
    record Embedding(List<Double> vector, Response.Tokens tokens) {}

    /**
     * A judge's answer.
     *
     * @param declared the judge that the assertion or its test names, as {@code options.provider}; missing if neither
     *     does
     * @param vars the variables of the prompt
     * @throws CheckException if there is no answer
     */
    Response ask(JsonNode declared, String prompt, ObjectNode vars) throws CheckException;

    /**
     * A text's embedding.
     *
     * @param declared as for {@link #ask}
     * @throws CheckException if there is no embedding
     */
    Embedding embed(JsonNode declared, String text) throws CheckException;

    /**
     * The answer of a web service to JSON.
     *
     * @throws CheckException if the service fails, or does not answer with JSON
     */
    JsonNode post(String address, JsonNode body) throws CheckException;
}
