package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is to do. Relative paths are relative to its working directory, the project's, so that messages name
 * files as the user knows them.
 *
 * @param protocol {@link #PROTOCOL} of who wrote the request
 * @param goal {@code dataset}, {@code train}, {@code evaluate}, {@code generate} or {@code render}
 * @param setting where it writes, and on what it computes
 * @param declared what a goal with a spec works on; null for others
 * @param parameters what goals without a spec are told
 */
public record WorkRequest(
        int protocol,
        String goal,
        Setting setting,
        @Nullable Declared declared,
        Map<String, String> parameters) {
    /**
     * Where a goal writes, and on what it computes.
     *
     * @param output the output directory, {@code target/ft}
     * @param events the journal to which events are appended
     * @param device {@code cpu} or {@code cuda}
     * @param threads of libtorch, at least 1
     */
    public record Setting(String output, String events, String device, int threads) {}

    /**
     * What a goal with a spec works on.
     *
     * @param spec the spec file
     * @param inputs where what it names is on this machine
     * @param key identifies everything the result depends on: a checkpoint goes on only under the key it was saved with
     * @param artifact the packaged adapter; for {@code evaluate}
     * @param released what rules over the released adapter compare with; for {@code evaluate}, null where there is no such
     *     rule
     */
    public record Declared(
            String spec,
            Inputs inputs,
            String key,
            @Nullable String artifact,
            @Nullable Released released) {}

    /**
     * What a spec names, on this machine.
     *
     * @param base the base model's directory
     * @param display how messages call it
     * @param name its public name: what an adapter's {@code base_model_name_or_path} says
     * @param revision the commit of a hub's model
     * @param startFrom the directory or the jar of the adapter that training goes on from
     */
    public record Inputs(
            String base,
            String display,
            String name,
            @Nullable String revision,
            @Nullable String startFrom) {}

    /**
     * The released adapter.
     *
     * @param baseline which one, or why there is none
     * @param jar its file, null where there is none
     * @param base its own base model, null where that is not on this machine
     * @param problem why it is not, in a sentence
     */
    public record Released(
            ReleasedAdapter baseline,
            @Nullable String jar,
            @Nullable Inputs base,
            @Nullable String problem) {}

    /** Copies {@code parameters}. */
    public WorkRequest {
        parameters = Map.copyOf(parameters);
    }

    /** A request to a goal with a spec. */
    public static WorkRequest of(String goal, Setting setting, Declared declared) {
        return new WorkRequest(PROTOCOL, goal, setting, declared, Map.of());
    }

    /** A request to a goal without one. */
    public static WorkRequest of(String goal, Setting setting, Map<String, String> parameters) {
        return new WorkRequest(PROTOCOL, goal, setting, null, parameters);
    }

    /** What it works on, for a goal with a spec. */
    Declared required() {
        return Objects.requireNonNull(declared, "declared");
    }

    /** The version of the request and of {@link Event}. */
    public static final int PROTOCOL = 1;

    private static final JsonMapper MAPPER = Json.lenient();

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
