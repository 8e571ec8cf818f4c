package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A spec's keys as its rules see them: each value with its default, and where the user wrote it. A key is named by its
 * path, such as {@code evaluation.baselines[0].select}.
 *
 * <p>A rule refuses only what the user wrote, and nothing that has a mistake already.
 */
final class SpecKeys {
    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    /** Prepares a spec with its defaults; {@code places} holds the keys that the user wrote. */
    SpecKeys(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    /** The value of a key; JSON's null if it has none. */
    JsonNode at(String path) {
        JsonNode found = spec.at("/" + path.replace("]", "").replace('[', '/').replace('.', '/'));
        return found.isMissingNode() ? NullNode.getInstance() : found;
    }

    /** Whether a key has a word as its value. */
    boolean is(String path, Enum<?> word) {
        return SpecWords.word(word).equals(at(path).textValue());
    }

    /** Whether the user wrote a key, even with its default. */
    boolean isWritten(String path) {
        return places.containsKey(path);
    }

    /** Whether a key, anything in it or anything around it has a mistake. Its value is then meaningless. */
    boolean isWrong(String path) {
        return problems.touch(path);
    }

    /** Refuses a key whatever its value is. */
    void refuseKey(String path, String text) {
        Place place = free(path, path);
        if (place != null) {
            problems.add(place.key(), path, text);
        }
    }

    /** Refuses the value of a key. */
    void refuse(String path, String text) {
        refuse(path, path, text);
    }

    /** Refuses the value of a key, which the file need not hold: the message then points at {@code other}. */
    void refuse(String path, String other, String text) {
        Place place = free(path, other);
        if (place != null) {
            problems.add(place.value(), path, text);
        }
    }

    private @Nullable Place free(String path, String other) {
        return problems.touch(path) ? null : places.getOrDefault(path, places.get(other));
    }
}
