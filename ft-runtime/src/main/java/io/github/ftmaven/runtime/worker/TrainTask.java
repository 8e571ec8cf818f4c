package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.SlowPrecision;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import io.github.ftmaven.runtime.training.PeakMemory;
import io.github.ftmaven.runtime.training.RemoteGradients;
import io.github.ftmaven.runtime.training.Trainer;
import io.github.ftmaven.runtime.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ft:train}: trains on {@code dataset/} and writes {@code train/adapter/} and {@code train/training.json}. */
public final class TrainTask implements Task {
    private static final JsonMapper JSON = Json.lenient();

    private final @Nullable GradientCluster cluster;

    /** Trains in this process. */
    TrainTask() {
        this(null);
    }

    /** Trains with gradients that others compute; null for this process. */
    private TrainTask(@Nullable GradientCluster cluster) {
        this.cluster = cluster;
    }

    /** A training in this process whose gradients others compute. */
    public static Task on(GradientCluster cluster) {
        return new TrainTask(cluster);
    }

    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Job job = request.job();
        Path directory = job.output().resolve("train");
        Files.createDirectories(directory);
        if (job.spec().training().run().runner().isHosted()) {
            return done(ServiceTraining.run(job, request.required().key(), directory, events), directory);
        }
        TrainingData data = TrainingData.open(job, events);
        Torch torch = Torch.load(request.setting().device(), request.setting().threads());
        try (Arena arena = torch.arena()) {
            DType type = UsedPrecision.of(job.spec(), request.setting().device());
            SlowPrecision.warn(type, arena, events);
            PlannedTraining planned = PlannedTraining.of(job, data, type, arena, events);
            TrainedWeights weights = TrainedWeights.load(job, arena, type, planned.offload());
            if (weights.base().offloaded()) {
                events.info("Frozen layers stay in host memory; each is brought to the device for its turn"
                        + " (training.offload: layers).");
            }
            ObjectNode fields = train(request, job, data, planned, weights, directory, arena, events);
            fields.put("offload", weights.base().offloaded() ? "layers" : "none");
            PeakMemory.bytes().ifPresent(bytes -> fields.put("peakMemoryBytes", bytes));
            return done(fields, directory);
        }
    }

    private static Map<String, Object> done(ObjectNode fields, Path directory) throws IOException {
        JsonFile.write(directory.resolve("training.json"), fields);
        return JSON.convertValue(fields, new TypeReference<>() {});
    }

    private ObjectNode train(
            WorkRequest request,
            Job job,
            TrainingData data,
            PlannedTraining planned,
            TrainedWeights weights,
            Path directory,
            Arena arena,
            Events events)
            throws IOException {
        weights.warnOfLookAlikes(job, arena, data.served().endTokens().get(0), events);
        Decoder decoder = weights.decoder(job, arena, planned.plan().passes().recompute());
        if (!decoder.attention().isEmpty()) {
            events.info(decoder.attention());
        }
        try (TrainingLog log = new TrainingLog(directory.resolve("log.jsonl"), events)) {
            Trainer trainer = new Trainer(
                    arena,
                    decoder,
                    job.spec().training(),
                    data.train(),
                    data.validation(),
                    job.embeddingRows(),
                    directory.resolve("checkpoint.safetensors"),
                    request.required().key(),
                    log);
            if (cluster != null) {
                requireAdapter(weights);
                GradientJob shared = new GradientJob(
                        ClusterBase.of(job, weights.base().type(), ClusterBase.Place.of(request.setting())),
                        planned.plan().passes().recompute(),
                        weights.base().offloaded());
                GradientCluster.Workers workers = cluster.open(shared, events);
                if (job.spec().training().optimization().localSteps() == null) {
                    trainer.computeBy(new RemoteGradients(arena, decoder, workers));
                } else {
                    trainer.trainBy(workers);
                }
            }
            planned.apply(trainer);
            TrainingResult result = trainer.run().orElseThrow(() -> new StoppedException(trainer.saved()));
            new TrainedFiles(job, data.served()).write(arena, weights.base(), weights.lora());
            trainer.deleteCheckpoint();
            ObjectNode fields = JSON.valueToTree(result);
            trainer.loweredMicroBatch().ifPresent(tokens -> fields.put("microBatchTokens", tokens));
            fields.put(
                    "recomputed",
                    planned.plan().passes().recompute() || weights.base().offloaded());
            fields.put("plannedMemoryBytes", planned.estimate());
            if (cluster != null) {
                fields.putObject("ran").put("runner", "spark");
            }
            return fields;
        }
    }

    private static void requireAdapter(TrainedWeights weights) {
        if (weights.lora() == null) {
            throw new InvalidInputException("adapter.method: full trains every weight, which would travel in each step."
                    + " Write lora or dora, or training.runner: local.");
        }
    }
}
