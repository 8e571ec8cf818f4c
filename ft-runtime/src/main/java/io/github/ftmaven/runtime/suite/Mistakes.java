package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is wrong with a suite, to be reported together. */
final class Mistakes {
    private final boolean lenient;
    private final Set<String> errors = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * Begins an empty list.
     *
     * @param lenient whether what promptfoo passes over in silence is only worth a warning
     */
    Mistakes(boolean lenient) {
        this.lenient = lenient;
    }

    boolean isLenient() {
        return lenient;
    }

    /** Something that cannot work. */
    void error(String place, String text) {
        errors.add(place + ": " + text);
    }

    /** Something that works, but not as its author thinks. */
    void suspicion(String place, String text) {
        (lenient ? warnings : errors).add(place + ": " + text);
    }

    /** Something that has no effect here. */
    void warning(String place, String text) {
        warnings.add(place + ": " + text);
    }

    Set<String> warnings() {
        return warnings;
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidInputException(String.join("\n", errors));
        }
    }
}
