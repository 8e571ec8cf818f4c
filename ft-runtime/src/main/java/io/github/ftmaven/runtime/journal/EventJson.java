package io.github.ftmaven.runtime.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.Json;
import java.util.Optional;

/** Events as JSON. */
final class EventJson {
    /** Lenient, because later versions of the same protocol may add keys. */
    private static final JsonMapper MAPPER = Json.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private EventJson() {}

    static String write(Event event) {
        try {
            return MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + event, e);
        }
    }

    /** The event in a line; empty for a kind that this version does not know. */
    static Optional<Event> read(String line) throws JsonProcessingException {
        return Optional.ofNullable(MAPPER.readValue(line, Event.class));
    }
}
