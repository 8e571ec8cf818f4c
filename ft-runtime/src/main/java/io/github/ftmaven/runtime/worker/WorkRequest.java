package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is to do. Relative paths are relative to its working directory, the project's, so that messages name
 * files as the user knows them.
 *
 * @param protocol {@link #PROTOCOL} of who wrote the request
 * @param goal {@code dataset}, {@code train}, {@code evaluate} or {@code generate}
 * @param spec the spec file
 * @param output the output directory, {@code target/ft}
 * @param events the journal to which events are appended
 * @param device {@code cpu} or {@code cuda}
 * @param threads of libtorch, at least 1
 * @param key identifies everything the result depends on: a checkpoint goes on only under the key it was saved with
 * @param artifact the packaged adapter; for {@code evaluate}
 * @param parameters what goals without a spec are told
 */
public record WorkRequest(
        int protocol,
        String goal,
        String spec,
        String output,
        String events,
        String device,
        int threads,
        String key,
        @Nullable String artifact,
        Map<String, String> parameters) {
    /** Copies {@code parameters}. */
    public WorkRequest {
        parameters = Map.copyOf(parameters);
    }

    /** A request of a goal that has no parameters beside the spec. */
    public WorkRequest(
            int protocol,
            String goal,
            String spec,
            String output,
            String events,
            String device,
            int threads,
            String key,
            @Nullable String artifact) {
        this(protocol, goal, spec, output, events, device, threads, key, artifact, Map.of());
    }

    /** The version of the request and of {@link Event}. */
    public static final int PROTOCOL = 1;

    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * Reads a request.
     *
     * @throws IOException if the file cannot be read, or is of another version of the plugin
     */
    public static WorkRequest read(Path file) throws IOException {
        WorkRequest request = MAPPER.readValue(Files.readAllBytes(file), WorkRequest.class);
        if (request.protocol() != PROTOCOL) {
            throw new IOException("the request has protocol version " + request.protocol()
                    + ", but this ft-runtime speaks " + PROTOCOL);
        }
        return request;
    }

    /** Writes the request. */
    public void write(Path file) throws IOException {
        Files.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }
}
