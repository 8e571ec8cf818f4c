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
 * The adapter that rules with {@code over: released} compare with.
 *
 * @param state whether there is one, and why there is none
 * @param name its name: {@code groupId:artifactId:version}, or its file
 * @param digest SHA-256 of its content, in lower-case hexadecimal
 * @param reason one sentence about the search result
 */
public record ReleasedAdapter(
        State state, @Nullable String name, @Nullable String digest, String reason) {
    /** Whether there is a released adapter. */
    public enum State {
        /** A released adapter exists. */
        RELEASED,
        /** All repositories answered, and none has a release. */
        FIRST_RELEASE,
        /** The user turned the comparison off. */
        DISABLED,
        /** It is unknown whether there is one, and the user wants to continue without. */
        UNAVAILABLE
    }

    private static final String ADVICE = "Run ft:evaluate again.";

    /** The state without a released adapter. */
    public static ReleasedAdapter none(State state, String reason) {
        return new ReleasedAdapter(state, null, null, reason);
    }

    /** Whether a rule compares with it. */
    public static boolean isWanted(List<Rule> rules) {
        return rules.stream().anyMatch(ReleasedAdapter::isOver);
    }

    /** Whether a rule can be applied: a rule over the released adapter cannot if there is definitely none. */
    boolean isApplicable(Rule rule) {
        return state == State.RELEASED || !isOver(rule);
    }

    /**
     * Rejects scores that were not measured against this baseline.
     *
     * @throws InvalidInputException if the released adapter is among the scores and there is none, or the reverse
     */
    public void requireIn(Scores scores) {
        if (scores.knows(ProviderScores.RELEASED) != (state == State.RELEASED)) {
            throw new InvalidInputException(
                    "The scores were measured with a different baseline: " + reason + " " + ADVICE);
        }
    }

    /** Writes it atomically. */
    public void write(Path file) throws IOException {
        JsonFile.write(file, json());
    }

    /** Its JSON. */
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
     * @throws InvalidInputException if it is missing or not valid
     */
    public static ReleasedAdapter read(Path file) {
        return of(JsonFile.read(file, ADVICE), file);
    }

    /**
     * Reads what {@link #json} returned.
     *
     * @param file where it is, for messages
     */
    static ReleasedAdapter of(ObjectNode json, Path file) {
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
        throw new InvalidInputException(file + ": is not a valid description of the baseline. " + ADVICE);
    }

    /** The state's word in JSON, such as {@code first-release}. */
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
