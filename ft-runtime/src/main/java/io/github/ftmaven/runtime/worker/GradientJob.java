package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.model.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a process needs to know for computing gradients of a training that another one leads. The base is not in it: each
 * machine has it, or fetches it.
 *
 * @param file the name of the spec in messages
 * @param spec the text of the spec
 * @param inputs where the inputs are, as absolute paths
 * @param baseDigest the {@link SharedBase#digest} of the base
 * @param type what is computed in
 * @param place where it computes
 * @param recompute whether layers are recomputed, as the leader planned
 * @param layersOnHost whether frozen layers stay in host memory
 */
public record GradientJob(
        String file,
        String spec,
        Inputs inputs,
        String baseDigest,
        DType type,
        Place place,
        boolean recompute,
        boolean layersOnHost) {
    /**
     * Where it computes.
     *
     * @param device {@code cpu} or {@code cuda}
     * @param threads of libtorch; as many as the leader's for the same bytes
     */
    public record Place(String device, int threads) {}

    private static final JsonMapper JSON = Json.lenient();

    static GradientJob of(WorkRequest request, Job job, DType type, boolean recompute, boolean layersOnHost)
            throws IOException {
        String file = request.required().spec();
        Inputs inputs = job.inputs();
        return new GradientJob(
                file,
                Files.readString(Path.of(file)),
                new Inputs(
                        absolute(inputs.base()),
                        inputs.display(),
                        inputs.name(),
                        inputs.revision(),
                        inputs.startFrom() == null ? null : absolute(inputs.startFrom())),
                SharedBase.digest(job.base(), job.spec().base().initialize()),
                type,
                new Place(request.setting().device(), request.setting().threads()),
                recompute,
                layersOnHost);
    }

    /** The same on another GPU; on a CPU nothing else. */
    public GradientJob onGpu(String number) {
        if (!place.device().equals("cuda")) {
            return this;
        }
        return new GradientJob(
                file,
                spec,
                inputs,
                baseDigest,
                type,
                new Place("cuda:" + number, place.threads()),
                recompute,
                layersOnHost);
    }

    private static String absolute(@Nullable String path) {
        return Path.of(String.valueOf(path)).toAbsolutePath().normalize().toString();
    }

    /** Its bytes for {@link #read}. */
    public byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what {@link #bytes} wrote. */
    public static GradientJob read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, GradientJob.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
