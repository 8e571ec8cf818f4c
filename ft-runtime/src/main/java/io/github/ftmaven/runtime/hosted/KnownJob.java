package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The job that this machine created or found last. Only a hint: the service's list decides where it is missing. */
final class KnownJob {
    private static final JsonTrees JSON = Json.lenientTrees();

    private final Path file;

    KnownJob(Path file) {
        this.file = file;
    }

    /** Its id, if it is of the same key at the same service. */
    Optional<String> id(JobKey key, String service) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = JSON.read(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        boolean same = json.path("key").asText().equals(key.stamp())
                && json.path("service").asText().equals(service);
        return Optional.of(json.path("job").asText("")).filter(id -> same && !id.isEmpty());
    }

    void remember(JobKey key, String service, String id) throws IOException {
        ObjectNode json = JsonFile.object()
                .put("key", key.stamp())
                .put("service", service)
                .put("job", id);
        JsonFile.write(file, json);
    }
}
