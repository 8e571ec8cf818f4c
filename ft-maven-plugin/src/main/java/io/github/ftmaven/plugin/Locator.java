package io.github.ftmaven.plugin;

import java.io.IOException;

/** Finds what a spec names, and fetches it if it must. */
public interface Locator {
    /** What is looked for. */
    enum Kind {
        /** A model with its weights. */
        MODEL,
        /** A model's configuration and tokenizer. */
        CONFIGURATION,
        /** An adapter. */
        ADAPTER
    }

    /**
     * Finds one.
     *
     * @param key where it is declared, for messages
     * @param declared a directory, {@code hf:ORG/NAME@REVISION} or {@code mvn:G:A:V[:TYPE[:CLASSIFIER]]}
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if there is no such thing
     * @throws NotHereException if it would have to be fetched, and must not be
     * @throws IOException if it cannot be fetched
     */
    Located locate(String key, String declared, Kind kind) throws IOException;
}
