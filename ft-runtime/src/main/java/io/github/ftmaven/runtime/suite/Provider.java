package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Response;
import java.util.List;

/** Answers prompts. */
public interface Provider {
    /** Announces all prompts in advance, so that the provider can answer them together. */
    default void prepare(List<String> prompts) {}

    /** Whether the provider waits for a remote service, which can handle several requests at a time. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Answers a prompt.
     *
     * @param vars the test's variables
     * @throws ProviderException if there is no answer
     */
    Response ask(String prompt, ObjectNode vars) throws ProviderException;
}
