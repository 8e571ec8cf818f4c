package io.github.ftmaven.runtime.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The adapter that rules {@code over: released} compare with.
 *
 * @param state whether there is one, and why there is none
 * @param name of the one there is: {@code groupId:artifactId:version}, or its file
 * @param digest SHA-256 of its content, in lower-case hexadecimal
 * @param reason what was found, in a sentence
 */
public record ReleasedAdapter(
        State state, @Nullable String name, @Nullable String digest, String reason) {
    /** Whether there is a released adapter. */
    public enum State {
        /** There is. */
        RELEASED,
        /** Every repository was asked, and has none. */
        FIRST_RELEASE,
        /** The user wants to compare with none. */
        DISABLED,
        /** It cannot be known, and the user wants to go on without. */
        UNAVAILABLE
    }

    private static final String ADVICE = "Run ft:evaluate again.";

    /** That there is none. */
    public static ReleasedAdapter none(State state, String reason) {
        return new ReleasedAdapter(state, null, null, reason);
    }

    /** Whether a rule is about it. */
    public static boolean isWanted(List<Rule> rules) {
        return rules.stream().anyMatch(ReleasedAdapter::isOver);
    }

    /** Whether a rule can be applied: not one over the released adapter if there is positively none. */
    boolean isApplicable(Rule rule) {
        return state == State.RELEASED || !isOver(rule);
    }

    /**
     * Refuses scores that were not measured against this baseline.
     *
     * @throws InvalidInputException if the released adapter is among the scores and there is none, or the reverse
     */
    public void requireIn(Scores scores) {
        if (scores.knows(ProviderScores.RELEASED) != (state == State.RELEASED)) {
            throw new InvalidInputException(
                    "The scores were measured with another baseline than the one found: " + reason + " " + ADVICE);
        }
    }

    /** Writes it atomically. */
    public void write(Path file) throws IOException {
        JsonFile.write(file, json());
    }

    /** Itself as JSON. */
    public ObjectNode json() {
        ObjectNode json = JsonFile.object().put("state", word(state));
        if (name != null) {
            json.put("name", name).put("digest", digest);
        }
        return json.put("reason", reason);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InvalidInputException if it is missing or not what was written
     */
    public static ReleasedAdapter read(Path file) {
        ObjectNode json = JsonFile.read(file, ADVICE);
        for (State state : State.values()) {
            if (json.path("state").asText().equals(word(state))
                    && json.path("reason").isTextual()
                    && json.path("name").isTextual() == (state == State.RELEASED)) {
                return new ReleasedAdapter(
                        state,
                        json.path("name").textValue(),
                        json.path("digest").textValue(),
                        json.path("reason").textValue());
            }
        }
        throw new InvalidInputException(file + ": does not say what the baseline is. " + ADVICE);
    }

    /** Its state as JSON has it, such as {@code first-release}. */
    public String word() {
        return word(state);
    }

    private static boolean isOver(Rule rule) {
        return ProviderScores.RELEASED.equals(rule.comparison().over());
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
