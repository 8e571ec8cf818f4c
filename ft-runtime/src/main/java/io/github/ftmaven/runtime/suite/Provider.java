package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Response;
import java.util.List;

/** Answers prompts. */
public interface Provider {
    /** Hears beforehand what it will be asked, to answer it together. */
    default void prepare(List<String> prompts) {}

    /** Whether asking is waiting for a service, which can be asked several questions at a time. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Answers one.
     *
     * @param vars the test's variables
     * @throws ProviderException if there is no answer
     */
    Response ask(String prompt, ObjectNode vars) throws ProviderException;
}
