package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A service that fine-tunes. */
interface FineTuningService {
    /** Its name and host, for messages. */
    String name();

    /** What its rows may hold. */
    ServiceRows rows();

    /**
     * The body of the request for a job, without the ids of its files.
     *
     * @param validated whether there are validation rows
     */
    ObjectNode body(FineTuneSpec spec, String model, JobKey key, boolean validated);

    /**
     * Compares a job with what the service takes.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if something is outside
     */
    void checkLimits(ObjectNode body) throws HostedException;

    /** The running or finished job of a key; of several, the one that is furthest. */
    Optional<HostedJob> find(JobKey key) throws HostedException;

    /** Uploads a file of rows, and returns its id. */
    String upload(Path file, String name) throws HostedException;

    /** Names the files in a body. */
    void putFiles(ObjectNode body, String training, Optional<String> validation);

    /**
     * What a job may cost; empty if the service does not say.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if the account does not allow it
     */
    OptionalDouble price(ObjectNode body) throws HostedException;

    /** Creates a job; sent once only, because a service may create two for two requests. */
    HostedJob create(ObjectNode body) throws HostedException;

    /** A job's present state. */
    HostedJob job(String id) throws HostedException;

    /** All events of a job so far, the oldest first. */
    List<HostedEvent> events(String id) throws HostedException;

    /** Cancels a job. */
    void cancel(String id) throws HostedException;

    /**
     * Downloads what a finished job leaves into a directory, as the service gives it.
     *
     * @param longest the most bytes of one file
     * @return the files
     * @throws HostedException if it gives no adapter
     */
    List<Path> download(HostedJob job, Path directory, long longest) throws IOException;

    /**
     * The fine-tune of a finished job, for a service that keeps it.
     *
     * @throws HostedException if the service names none
     */
    KeptModel kept(HostedJob job) throws HostedException;
}
