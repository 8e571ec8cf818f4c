package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request to a worker. Relative paths are relative to its working directory, which is the project's, so messages
 * name files as the user knows them.
 *
 * @param protocol the {@link #PROTOCOL} of the requesting process
 * @param goal {@code dataset}, {@code train}, {@code evaluate}, {@code generate}, {@code plan} or
 *     {@code render}
 * @param setting the output directory and the device
 * @param declared the inputs of a goal with a spec; null for others
 * @param parameters the parameters of goals without a spec
 */
public record WorkRequest(
        int protocol,
        String goal,
        Setting setting,
        @Nullable Declared declared,
        Map<String, String> parameters) {
    /**
     * The output directory and the device of a goal.
     *
     * @param output the output directory, {@code target/ft}
     * @param events the journal to which events are appended
     * @param device {@code cpu} or {@code cuda}
     * @param threads of libtorch, at least 1
     */
    public record Setting(String output, String events, String device, int threads) {}

    /**
     * The inputs of a goal with a spec.
     *
     * @param spec the spec file
     * @param inputs where the inputs it names are on this machine
     * @param key identifies everything that the result depends on: a checkpoint can be resumed only under the key it
     *     was saved with
     * @param artifact the packaged adapter; for {@code evaluate}
     * @param released the released adapter for rules with {@code over: released}; for {@code evaluate}, null without
     *     such a rule
     * @param encoding identifies everything but the rows that their tokens depend on; for {@code dataset}
     */
    public record Declared(
            String spec,
            Inputs inputs,
            String key,
            @Nullable String artifact,
            @Nullable ReleasedModel released,
            @Nullable String encoding) {}

    /** Copies {@code parameters}. */
    public WorkRequest {
        parameters = Map.copyOf(parameters);
    }

    /** A request for a goal with a spec. */
    public static WorkRequest of(String goal, Setting setting, Declared declared) {
        return new WorkRequest(PROTOCOL, goal, setting, declared, Map.of());
    }

    /** A request for a goal without a spec. */
    public static WorkRequest of(String goal, Setting setting, Map<String, String> parameters) {
        return new WorkRequest(PROTOCOL, goal, setting, null, parameters);
    }

    /** The inputs, for a goal with a spec. */
    Declared required() {
        return Objects.requireNonNull(declared, "declared");
    }

    /** The input of its task, with the spec and the base's files opened. */
    Job job() {
        Inputs inputs = required().inputs();
        Path file = Path.of(required().spec());
        Path directory = file.getParent();
        FineTuneSpec spec = SpecReader.read(file);
        return new Job(
                spec,
                directory == null ? Path.of("") : directory,
                ModelDirectory.open(
                        Path.of(inputs.base()), inputs.display(), spec.base().ignoreKeys()),
                inputs,
                Path.of(setting.output()));
    }

    /** The version of the request and of {@link Event}. */
    public static final int PROTOCOL = 1;

    private static final JsonMapper MAPPER = Json.lenient();

    /**
     * Reads a request.
     *
     * @throws IOException if the file cannot be read, or was written by another version of the plugin
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
        Files.write(file, bytes());
    }

    /** The request as {@link #write} writes it. */
    public byte[] bytes() throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }
}
