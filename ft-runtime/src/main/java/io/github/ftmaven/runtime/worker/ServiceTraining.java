package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.hosted.HostedSettings;
import io.github.ftmaven.runtime.hosted.HostedTraining;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The part of {@code ft:train} where a service trains. It needs no engine, and leaves the same files, or a pointer in place
 * of the adapter.
 */
final class ServiceTraining {
    private static final double SECOND = 1e9;

    private ServiceTraining() {}

    /** Trains, and returns what {@code training.json} holds. */
    static ObjectNode run(Job job, String key, Path directory, Events events) throws IOException {
        long begin = System.nanoTime();
        String secret = Objects.requireNonNullElse(System.getenv(HostedSettings.VARIABLE), "");
        HostedSettings settings = HostedSettings.of(job.spec(), secret);
        HostedTraining training = new HostedTraining(job, settings, key, events);
        Path scratch = Files.createDirectories(directory.resolve("service"));
        TrainedFiles.Source<HostedTraining.Result> source = next -> training.train(scratch, next);
        HostedTraining.Result result = job.spec().keeper().isPresent()
                ? TrainedFiles.replace(job, source)
                : new TrainedFiles(job, TrainingData.open(job, events).served()).bring(source);
        long learnt = new DatasetStore(job.output()).report().train().lengths().supervisedTokens();
        ObjectNode fields = JsonFile.object()
                .put("steps", result.steps())
                .put("seconds", (System.nanoTime() - begin) / SECOND)
                .put(
                        "supervisedTokens",
                        learnt * Math.round(job.spec().training().epochs()));
        ObjectNode service = fields.putObject("service")
                .put("name", result.service())
                .put("job", result.id())
                .put("model", result.model());
        if (result.kept() != null) {
            service.put("kept", result.kept());
        }
        if (result.tokens() > 0) {
            service.put("tokens", result.tokens());
        }
        return fields;
    }
}
