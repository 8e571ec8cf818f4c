package io.github.ftmaven.plugin.artifact;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Initialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code provenance.json}: what an adapter was made from and with. Nothing in it tells who made it, where, or when, so
 * that whoever makes it again gets the same bytes.
 */
public final class Provenance {
    private static final ObjectWriter WRITER = new JsonMapper().writerWithDefaultPrettyPrinter();

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
     * @param training the stamp of the training that made the adapter
     */
    public byte[] json(Stamp training) throws IOException {
        ObjectNode json = new JsonMapper().createObjectNode().put("formatVersion", 1);
        ModelDirectory base = fineTune.base();
        ObjectNode model =
                json.putObject("base").put("model", published(fineTune.located().base()));
        if (fineTune.located().base().revision() != null) {
            model.put("revision", fineTune.located().base().revision());
        }
        List<Path> weights =
                fineTune.spec().base().initialize() == Initialization.PRETRAINED ? base.weightFiles() : List.of();
        putDigests(model.putObject("weights"), weights);
        putDigests(model.putObject("files"), List.of(base.path().resolve("config.json"), base.tokenizer()));

        if (fineTune.spec().adapter().startFrom() != null) {
            putDigests(json.putObject("startFrom"), fineTune.startFrom());
        }
        Path dataset = fineTune.output().resolve("dataset");
        putDigests(
                json.putObject("dataset"),
                List.of(
                        dataset.resolve("train.jsonl"),
                        dataset.resolve("validation.jsonl"),
                        dataset.resolve("test.jsonl")));

        ObjectNode made = json.putObject("training").put("key", training.key());
        for (String field : List.of("training.seed", "device", "platform", "threads")) {
            made.put(field.substring(field.indexOf('.') + 1), training.fields().get(field));
        }
        ObjectNode versions = json.putObject("versions");
        for (String field : List.of("plugin.version", "djl.version", "libtorch.version")) {
            versions.put(
                    field.substring(0, field.indexOf('.')), training.fields().get(field));
        }
        return (WRITER.writeValueAsString(json).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** An absolute path says more about a machine than about a model. */
    private static String published(Located model) {
        Path last = model.path().getFileName();
        boolean absolute =
                model.path().isAbsolute() && model.name().equals(model.path().toString());
        return absolute && last != null ? last.toString() : model.name();
    }

    private void putDigests(ObjectNode node, List<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.exists(file)) {
                node.put(file.getFileName().toString(), digests.sha256(file));
            }
        }
    }
}
