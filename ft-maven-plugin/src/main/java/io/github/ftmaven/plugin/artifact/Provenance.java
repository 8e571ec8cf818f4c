package io.github.ftmaven.plugin.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.StartFrom;
import io.github.ftmaven.runtime.dataset.Distilled;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.report.TrainingSummary;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code provenance.json}: the inputs and tools an adapter was made with. It does not say who made it, where or when,
 * so that anyone who repeats the build gets the same bytes. A training that ran elsewhere names the place.
 */
public final class Provenance {
    private static final ObjectWriter WRITER = Json.lenient().writerWithDefaultPrettyPrinter();

    private final FineTune fineTune;
    private final DigestCache digests;

    /** Prepares the provenance of a fine-tune. */
    public Provenance(FineTune fineTune, DigestCache digests) {
        this.fineTune = fineTune;
        this.digests = digests;
    }

    /**
     * The file's content.
     *
     * @param training the stamp of the training that produced the adapter
     * @param distilled the teachers that answered training rows
     */
    public byte[] json(Stamp training, List<Distilled> distilled) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("formatVersion", 1);
        ModelDirectory base = fineTune.base();
        ObjectNode model =
                json.putObject("base").put("model", published(fineTune.located().base()));
        if (fineTune.located().base().revision() != null) {
            model.put("revision", fineTune.located().base().revision());
        }
        putBase(model, base, fineTune.spec().readsWeights(), digests);
        if (fineTune.spec().keeper().isPresent()) {
            model.put("use", "counts tokens");
        }
        if (!fineTune.spec().base().ignoreKeys().isEmpty()) {
            fineTune.spec().base().ignoreKeys().forEach(model.putArray("ignoreKeys")::add);
        }

        if (fineTune.spec().adapter().startFrom() != null) {
            StartFrom.digests(fineTune, digests).forEach(json.putObject("startFrom")::put);
        }
        Path dataset = fineTune.output().resolve("dataset");
        putDigests(
                json.putObject("dataset"),
                List.of(
                        dataset.resolve("train.jsonl"),
                        dataset.resolve("validation.jsonl"),
                        dataset.resolve("test.jsonl")),
                digests);
        putSources(json);

        for (Distilled each : distilled) {
            json.withArray("distilled")
                    .addObject()
                    .put("teacher", each.teacher())
                    .put("server", each.server())
                    .put("rows", each.rows());
        }
        ObjectNode made = json.putObject("training").put("key", training.key());
        for (String field : List.of("training.seed", "precision", "device", "platform", "threads")) {
            String value = training.fields().get(field);
            if (value != null) { // at a service, nobody knows them
                made.put(field.substring(field.indexOf('.') + 1), value);
            }
        }
        MicroBatch.lowered(fineTune).ifPresent(tokens -> made.put("microBatchTokens", tokens));
        putPlace(made);
        StageStamps.deterministic(training).ifPresent(deterministic -> made.put("deterministic", deterministic));
        ObjectNode versions = json.putObject("versions");
        for (String field : List.of("plugin.version", "djl.version", "libtorch.version")) {
            String version = training.fields().get(field);
            if (version != null) {
                versions.put(field.substring(0, field.indexOf('.')), version);
            }
        }
        if (!versions.has("plugin")) {
            versions.put("plugin", Versions.current().plugin());
        }
        return (WRITER.writeValueAsString(json).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Data that is not the project's own. */
    private void putSources(ObjectNode json) throws IOException {
        Map<String, String> sources = FetchedData.digests(fineTune, digests);
        if (!sources.isEmpty()) {
            sources.forEach(json.putObject("sources")::put);
        }
    }

    /** Where it ran, if not here: the job of a service, or another machine. */
    private void putPlace(ObjectNode made) {
        Path file = fineTune.output().resolve("train/training.json");
        if (Files.isRegularFile(file)) {
            ObjectNode training = JsonFile.read(file, "Run the training again (ft:train).");
            for (String place : List.of(TrainingSummary.SERVICE, "ran")) {
                if (training.path(place).isObject()) {
                    made.set(place, training.get(place));
                }
            }
        }
    }

    /**
     * Whether an adapter was trained on a base, according to the digests of the base's files.
     *
     * @param provenance what {@link #json} wrote for the adapter, read
     * @param readsWeights whether its training read the base's weights
     */
    public static boolean isOf(ObjectNode provenance, ModelDirectory base, boolean readsWeights, DigestCache digests)
            throws IOException {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        putBase(own, base, readsWeights, digests);
        JsonNode recorded = provenance.path("base");
        return own.get("weights").equals(recorded.path("weights"))
                && own.get("files").equals(recorded.path("files"));
    }

    /**
     * The base that an adapter was trained on, with the property values of that time.
     *
     * @param provenance what {@link #json} wrote for the adapter
     */
    public static String model(ObjectNode provenance) {
        return provenance.path("base").path("model").asText();
    }

    private static void putBase(ObjectNode model, ModelDirectory base, boolean readsWeights, DigestCache digests)
            throws IOException {
        List<Path> weights = readsWeights ? base.weightFiles() : List.of();
        putDigests(model.putObject("weights"), weights, digests);
        putDigests(model.putObject("files"), List.of(base.path().resolve("config.json"), base.tokenizer()), digests);
    }

    /** Omits absolute paths, which describe a machine rather than a model. */
    private static String published(Located model) {
        Path last = model.path().getFileName();
        boolean absolute =
                model.path().isAbsolute() && model.name().equals(model.path().toString());
        return absolute && last != null ? last.toString() : model.name();
    }

    private static void putDigests(ObjectNode node, List<Path> files, DigestCache digests) throws IOException {
        for (Path file : files) {
            if (Files.exists(file)) {
                node.put(file.getFileName().toString(), digests.sha256(file));
            }
        }
    }
}
