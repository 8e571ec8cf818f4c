package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Response;

/** Answers prompts. */
public interface Provider {
    /**
     * Answers one.
     *
     * @param vars the test's variables
     * @throws ProviderException if there is no answer
     */
    Response ask(String prompt, ObjectNode vars) throws ProviderException;
}
