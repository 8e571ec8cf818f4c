package io.github.ftmaven.runtime.dataset;

import java.util.Locale;

/** The parts of a dataset. */
public enum Split {
    /** What is learnt. */
    TRAIN,
    /** What training is watched by; may be empty. */
    VALIDATION,
    /** What the finished model is measured by. */
    TEST;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String fileName() {
        return label() + ".jsonl";
    }
}
