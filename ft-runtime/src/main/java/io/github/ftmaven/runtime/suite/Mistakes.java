package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.OneLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the mistakes in a suite, for a single report. */
final class Mistakes {
    private static final int LONGEST = 1_000;
    private static final int MOST = 50;

    private final boolean lenient;
    private Secrets secrets;
    private final Set<String> errors = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * Creates an empty list.
     *
     * @param lenient whether things that promptfoo ignores silently cause only a warning
     * @param secrets values that messages must not contain
     */
    Mistakes(boolean lenient, Secrets secrets) {
        this.lenient = lenient;
        this.secrets = secrets;
    }

    /** Adds further secrets. */
    void hide(Secrets others) {
        secrets = others;
    }

    boolean isLenient() {
        return lenient;
    }

    /** Adds an error: this cannot work. */
    void error(String place, String text) {
        errors.add(place + ": " + text);
    }

    /** Adds a suspicion: this works, but probably not as intended. */
    void suspicion(String place, String text) {
        (lenient ? warnings : errors).add(place + ": " + text);
    }

    /** Adds a warning: this has no effect. */
    void warning(String place, String text) {
        warnings.add(place + ": " + text);
    }

    Set<String> warnings() {
        return new LinkedHashSet<>(shown(warnings));
    }

    private List<String> shown(Set<String> messages) {
        List<String> shown = new ArrayList<>();
        for (String message : messages) {
            if (shown.size() == MOST) {
                shown.add("and " + (messages.size() - MOST) + " more");
                break;
            }
            shown.add(OneLine.of(secrets.masked(message), LONGEST));
        }
        return shown;
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidInputException(String.join("\n", shown(errors)));
        }
    }
}
