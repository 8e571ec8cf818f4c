package io.github.ftmaven.runtime.dataset;

import java.util.Locale;

/** The parts of a dataset. */
public enum Split {
    /** The examples to learn. */
    TRAIN,
    /** The examples that monitor training; may be empty. */
    VALIDATION,
    /** The examples that measure the finished model. */
    TEST;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String fileName() {
        return label() + ".jsonl";
    }

    String tokenFileName() {
        return label() + ".tokens";
    }

    String encodingsFileName() {
        return label() + ".encodings";
    }
}
