package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects the keys of rows that are not read. It rejects a key that the answer may depend on. */
final class UnreadKeys {
    private static final List<String> INPUTS = List.of("input", "context");

    private static final String AS_MESSAGES = "is not read. Write the row as messages, with role and content";

    private static final String PREFERENCE =
            "belongs to rows of preferences. Set dataset.layout: preference to learn the chosen answers.";

    /** Keys that have a meaning in other tools, with advice. */
    private static final Map<String, String> MEANT = Map.of(
            "history",
            AS_MESSAGES + ": the earlier questions and answers, then this one.",
            "system",
            AS_MESSAGES + ", the first from the system; or set dataset.system for all rows.",
            "conversations",
            "(ShareGPT) is not read, because dataset.columns names other keys. Remove dataset.columns or the key.",
            "conversation",
            AS_MESSAGES + ".",
            "messages",
            "is not read, because dataset.columns names other keys. Remove dataset.columns or the key.",
            "tools",
            "is not read beside a question and its answer. Write the row as messages and tools.",
            "chosen",
            PREFERENCE,
            "rejected",
            PREFERENCE);

    private final Set<String> names = new TreeSet<>();

    /** Whether a key has a meaning in other tools, so it is not a typing error. */
    static boolean isMeant(String key) {
        return MEANT.containsKey(key);
    }

    /**
     * Notes a key with a value that is not empty.
     *
     * @param pair the keys that are read
     * @throws InvalidInputException if the answer may depend on it
     */
    void add(String source, PairKeys pair, String key) {
        if (INPUTS.contains(key)) {
            throw new InvalidInputException(source + ": " + key + " is not read, but the answer may depend on it. Write"
                    + " dataset.columns: {prompt: " + pair.prompt() + ", input: " + key + ", completion: "
                    + pair.completion() + "} to append it to the prompt, or name it in dataset.metadata.");
        }
        refuseMeant(source, key);
        names.add(key);
    }

    /** Notes a key that may be ignored. */
    void note(String key) {
        names.add(key);
    }

    /** Rejects a key that has a meaning in other tools. */
    static void refuseMeant(String source, String key) {
        String advice = MEANT.get(key);
        if (advice != null) {
            throw new InvalidInputException(source + ": " + key + " " + advice);
        }
    }

    /** The keys that were not read. */
    List<String> names() {
        return List.copyOf(names);
    }
}
