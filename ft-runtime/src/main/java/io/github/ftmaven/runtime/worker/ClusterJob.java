package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.ftmaven.runtime.error.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the processes of a cluster open, for a task that another process leads. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(GradientJob.class), @JsonSubTypes.Type(EvaluationJob.class)})
public sealed interface ClusterJob permits GradientJob, EvaluationJob {
    /** The same on another GPU; on a CPU nothing else. */
    ClusterJob onGpu(String number);

    /**
     * Opens it in this process.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if this machine lacks something, or has something else
     *     than the leader
     */
    ClusterServer open() throws IOException;

    /** Its bytes for {@link #read}. */
    default byte[] bytes() {
        try {
            return Json.lenient().writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what {@link #bytes} wrote. */
    static ClusterJob read(byte[] bytes) {
        try {
            return Json.lenient().readValue(bytes, ClusterJob.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
