package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mark of a row whose answer a teacher wrote. It stands in the row's {@code metadata}.
 *
 * @param teacher the teacher's name
 * @param server where it was asked
 * @param request the digest of the request
 */
public record Origin(String teacher, String server, String request) {
    private static final String ORIGIN = "origin";
    private static final String DISTILLED = "distilled";
    private static final String TEACHER = "teacher";
    private static final String SERVER = "teacherServer";
    private static final String REQUEST = "teacherRequest";
    private static final List<String> KEYS = List.of(ORIGIN, TEACHER, SERVER, REQUEST);
    private static final String UNKNOWN = "unknown";

    /** The mark in a row's metadata. */
    static Optional<Origin> of(Map<String, String> metadata) {
        return DISTILLED.equals(metadata.get(ORIGIN))
                ? Optional.of(new Origin(
                        metadata.getOrDefault(TEACHER, UNKNOWN),
                        metadata.getOrDefault(SERVER, UNKNOWN),
                        metadata.getOrDefault(REQUEST, "")))
                : Optional.empty();
    }

    /** Rejects a row whose own metadata has no room for the mark. */
    static void requireRoom(String source, ObjectNode row) {
        JsonNode metadata = row.path("metadata");
        if (!metadata.isMissingNode() && !metadata.isNull() && !metadata.isObject()) {
            throw new InvalidInputException(
                    source + ": metadata must be an object, because ft:distill writes there who" + " gave the answer.");
        }
        for (String key : KEYS) {
            if (metadata.has(key)) {
                throw new InvalidInputException(source + ": metadata." + key
                        + " is a key that ft:distill writes, to mark rows that a teacher answered. Rename yours.");
            }
        }
    }

    /** Marks a row. */
    void mark(ObjectNode row) {
        ObjectNode metadata = row.path("metadata") instanceof ObjectNode own ? own : row.putObject("metadata");
        metadata.put(ORIGIN, DISTILLED)
                .put(TEACHER, teacher)
                .put(SERVER, server)
                .put(REQUEST, request);
    }

    /**
     * Rejects test rows that a teacher answered.
     *
     * @throws InvalidInputException which names the first
     */
    static void refuse(List<Example> test) {
        for (Example example : test) {
            Optional<Origin> origin = of(example.metadata());
            if (origin.isPresent()) {
                throw new InvalidInputException(example.source() + ": a teacher wrote this answer ("
                        + origin.get().teacher()
                        + ", by metadata.origin), but the gate's test set cannot be distilled: its score would say how"
                        + " well the teacher is copied. Take the row out of dataset.test.");
            }
        }
    }
}
