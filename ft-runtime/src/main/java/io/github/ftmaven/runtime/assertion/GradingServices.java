package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Who grades what no rule can. Asked by several threads at once. */
public interface GradingServices {
    /** What a model is wanted for. */
    enum Kind {
        /** To answer a prompt. */
        TEXT,
        /** To embed a text. */
        EMBEDDING
    }

    /**
     * A text as a point.
     *
     * @param vector not empty, all finite
     */
    record Embedding(List<Double> vector, Response.Tokens tokens) {}

    /**
     * A judge's answer.
     *
     * @param declared whom the assertion or its test names, as {@code options.provider}; missing if neither does
     * @param vars what the prompt was made of
     * @throws CheckException if there is none
     */
    Response ask(JsonNode declared, String prompt, ObjectNode vars) throws CheckException;

    /**
     * A text's embedding.
     *
     * @param declared as for {@link #ask}
     * @throws CheckException if there is none
     */
    Embedding embed(JsonNode declared, String text) throws CheckException;

    /**
     * What a web service answers to JSON.
     *
     * @throws CheckException if it does not, or not with JSON
     */
    JsonNode post(String address, JsonNode body) throws CheckException;
}
