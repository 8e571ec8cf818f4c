package io.github.ftmaven.runtime.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A fine-tune whose weights stay at the service that trained it: what an adapter's directory holds in their place.
 *
 * @param service the service's name and host, for people
 * @param url the service's base URL
 * @param model the fine-tune's name there
 * @param base the base's name there
 * @param deployment the name under which it is deployed; null if that is {@code model}
 * @param job the id of the job that trained it
 * @param key the key of the training's stamp
 * @param created when the service created the job, as ISO 8601; null if it does not say
 * @param until when the service will serve it no more; null if it does not say
 */
public record ModelPointer(
        String service,
        String url,
        String model,
        String base,
        @Nullable String deployment,
        String job,
        String key,
        @Nullable String created,
        @Nullable String until) {
    /** The name of its file. */
    public static final String FILE = "pointer.json";

    private static final int VERSION = 1;

    /** The name by which the service is asked. */
    public String asked() {
        return deployment == null ? model : deployment;
    }

    /** Whether a directory holds one. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /**
     * Reads the pointer in a directory.
     *
     * @param display the directory, for messages
     * @throws InvalidInputException if it is missing or damaged, or was written by another version of this plugin
     */
    public static ModelPointer read(Path directory, String display) {
        String file = display + "/" + FILE;
        JsonNode json;
        try {
            json = JsonFile.parse(file, Files.readAllBytes(directory.resolve(FILE)), "Train again (ft:train).");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read. Train again (ft:train).", e);
        }
        if (json.path("formatVersion").intValue() != VERSION) {
            throw new InvalidInputException(file + ": was written by another version of this plugin. Use that one, or"
                    + " train again (ft:train).");
        }
        return new ModelPointer(
                required(json, "service", file),
                required(json, "url", file),
                required(json, "model", file),
                required(json, "base", file),
                json.path("deployment").textValue(),
                required(json, "job", file),
                required(json, "key", file),
                json.path("created").textValue(),
                json.path("until").textValue());
    }

    private static String required(JsonNode json, String key, String file) {
        String value = json.path(key).asText("");
        if (value.isEmpty()) {
            throw new InvalidInputException(file + ": has no " + key + ". Train again (ft:train).");
        }
        return value;
    }

    /** Writes it into a directory. */
    public void write(Path directory) throws IOException {
        ObjectNode json = JsonFile.object()
                .put("formatVersion", VERSION)
                .put("service", service)
                .put("url", url)
                .put("model", model)
                .put("base", base);
        if (deployment != null) {
            json.put("deployment", deployment);
        }
        json.put("job", job).put("key", key);
        if (created != null) {
            json.put("created", created);
        }
        if (until != null) {
            json.put("until", until);
        }
        JsonFile.write(directory.resolve(FILE), json);
    }

    /**
     * Rejects a pointer where weights are needed.
     *
     * @param display the directory, for messages
     * @throws InvalidInputException if the directory holds one
     */
    public static void refuse(Path directory, String display) {
        if (isIn(directory)) {
            ModelPointer pointer = read(directory, display);
            throw new InvalidInputException(display + ": holds no weights but a pointer: " + pointer.service
                    + " keeps those of " + pointer.model + ". Ask it through " + pointer.url + "/chat/completions.");
        }
    }
}
