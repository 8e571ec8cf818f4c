package io.github.ftmaven.plugin.artifact;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.report.ModelCard;
import io.github.ftmaven.runtime.spec.Licenses;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code bom.json}: a CycloneDX 1.6 bill of materials of a fine-tune: the model with its card, its inputs, and the
 * tools that made it. It contains no time, so that equal content gives equal bytes.
 */
public final class MlBom {
    private static final JsonMapper MAPPER = Json.lenient();
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    /** SPDX identifiers that models and data commonly use; other licenses are given by name. */
    private static final Set<String> SPDX = Set.of(
            "AGPL-3.0-only",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC-BY-4.0",
            "CC-BY-NC-4.0",
            "CC-BY-NC-SA-4.0",
            "CC-BY-SA-3.0",
            "CC-BY-SA-4.0",
            "CC0-1.0",
            "CDLA-Permissive-2.0",
            "GPL-3.0-only",
            "LGPL-3.0-only",
            "MIT",
            "MPL-2.0",
            "ODbL-1.0",
            "PDDL-1.0");

    private final FineTune fineTune;
    private final DigestCache digests;
    private final ModelCard.Facts card;

    /** Prepares the bill of a fine-tune with this card. */
    public MlBom(FineTune fineTune, DigestCache digests, ModelCard.Facts card) {
        this.fineTune = fineTune;
        this.digests = digests;
        this.card = card;
    }

    /** The coordinates of the fine-tune. */
    public record Coordinates(String groupId, String artifactId, String version) {}

    /**
     * The file's content.
     *
     * @param weights the trained weights' file, or the pointer to them
     * @param training the stamp of the training that produced them
     */
    public byte[] json(Coordinates coordinates, Path weights, Stamp training) throws IOException {
        ObjectNode bom = MAPPER.createObjectNode().put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        bom.put(
                "serialNumber",
                "urn:uuid:" + UUID.nameUUIDFromBytes((coordinates + training.key()).getBytes(StandardCharsets.UTF_8)));
        bom.put("version", 1);
        ObjectNode metadata = bom.putObject("metadata");
        ArrayNode tools = metadata.putObject("tools").putArray("components");
        tool(
                tools,
                "ft-maven-plugin",
                training.fields()
                        .getOrDefault("plugin.version", Versions.current().plugin()));
        for (String engine : List.of("djl", "libtorch")) {
            String version = training.fields().get(engine + ".version");
            if (version != null) { // a service has its own
                tool(tools, engine, version);
            }
        }
        model(metadata.putObject("component"), coordinates, weights);

        Licenses licenses = card.declared().licenses();
        ArrayNode components = bom.putArray("components");
        ArrayNode parts = MAPPER.createArrayNode();
        ObjectNode base = component(
                components,
                "machine-learning-model",
                "base",
                card.method().pointer() == null
                        ? ModelCard.publicName(card.base().model().declared())
                        : card.method().pointer().base());
        if (fineTune.located().base().revision() != null && card.method().pointer() == null) {
            base.put("version", fineTune.located().base().revision());
        }
        if (card.base().digest() != null && fineTune.base().weightFiles().size() == 1) {
            hash(base, card.base().digest());
        }
        license(base, licenses.base());
        parts.add("base");
        for (ModelCard.Split split : card.splits()) {
            String reference = "dataset-" + split.name();
            ObjectNode data = component(components, "data", reference, split.name() + ".jsonl");
            hash(data, split.sha256());
            license(data, licenses.dataset());
            data.putArray("data")
                    .addObject()
                    .put("type", "dataset")
                    .put("name", split.name())
                    .put(
                            "description",
                            Counted.of(split.examples(), "example") + ", " + Counted.of(split.tokens(), "token"));
            parts.add(reference);
        }
        ArrayNode dependencies = bom.putArray("dependencies");
        dependencies.addObject().put("ref", "model").set("dependsOn", parts);
        return (MAPPER.writer(PRINTER).writeValueAsString(bom) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void tool(ArrayNode tools, String name, @Nullable String version) {
        ObjectNode tool = tools.addObject().put("type", "application").put("name", name);
        if (version != null) {
            tool.put("version", version);
        }
    }

    private void model(ObjectNode model, Coordinates coordinates, Path weights) throws IOException {
        model.put("type", "machine-learning-model").put("bom-ref", "model");
        model.put("group", coordinates.groupId())
                .put("name", coordinates.artifactId())
                .put("version", coordinates.version());
        hash(model, digests.sha256(weights));
        license(model, card.declared().licenses().artifact());
        model.put(
                "purl",
                "pkg:maven/" + coordinates.groupId() + "/" + coordinates.artifactId() + "@" + coordinates.version());
        ObjectNode modelCard = model.putObject("modelCard");
        Architecture architecture = fineTune.base().architecture();
        ObjectNode parameters = modelCard.putObject("modelParameters");
        parameters.putObject("approach").put("type", "supervised");
        parameters.put("task", "text-generation");
        if (card.method().pointer() == null) { // of others, the service tells nothing
            parameters.put("architectureFamily", "transformer").put("modelArchitecture", architecture.family());
        }
        ArrayNode datasets = parameters.putArray("datasets");
        card.splits().forEach(split -> datasets.addObject().put("ref", "dataset-" + split.name()));
        for (String key : List.of("inputs", "outputs")) {
            parameters.putArray(key).addObject().put("format", "text");
        }
        if (card.declared().intendedUse() != null) {
            modelCard
                    .putObject("considerations")
                    .putArray("useCases")
                    .add(card.declared().intendedUse().strip());
        }
    }

    private static ObjectNode component(ArrayNode components, String type, String reference, String name) {
        return components
                .addObject()
                .put("type", type)
                .put("bom-ref", reference)
                .put("name", name);
    }

    private static void hash(ObjectNode component, String sha256) {
        component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256);
    }

    private static void license(ObjectNode component, @Nullable String license) {
        if (license != null) {
            component
                    .putArray("licenses")
                    .addObject()
                    .putObject("license")
                    .put(SPDX.contains(license) ? "id" : "name", license);
        }
    }
}
