package io.github.ftmaven.plugin;

import java.io.IOException;

/** Finds the models and adapters of a spec, and downloads them if necessary. */
public interface Locator {
    /** The kind of input. */
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
     * @throws NotHereException if it is not on this machine and must not be downloaded
     * @throws IOException if it cannot be downloaded
     */
    Located locate(String key, String declared, Kind kind) throws IOException;
}
