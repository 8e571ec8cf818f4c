package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.report.ModelCard;
import io.github.ftmaven.runtime.report.Serving;
import io.github.ftmaven.runtime.spec.Docker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The content of a fine-tune's jar: the trained files and their documentation. */
public final class AdapterContent {
    private final FineTune fineTune;
    private final DigestCache digests;
    private final ModelCard.Facts card;

    /** Prepares the content for a fine-tune with this card. */
    public AdapterContent(FineTune fineTune, DigestCache digests, ModelCard.Facts card) {
        this.fineTune = fineTune;
        this.digests = digests;
        this.card = card;
    }

    /**
     * Collects the files of the jar.
     *
     * @param classifier the jar's classifier; empty if it has none
     * @param training the stamp of the training that produced the files
     */
    public AdapterJar jar(MlBom.Coordinates coordinates, String classifier, Stamp training) throws IOException {
        List<Path> trained = Stage.adapterFiles(fineTune.output());
        AdapterJar jar = AdapterJar.of(coordinates.groupId() + ":" + coordinates.artifactId()
                + (classifier.isEmpty() ? "" : ":" + classifier));
        for (Path file : trained) {
            jar.add(String.valueOf(file.getFileName()), file);
        }
        Stage.fingerprint(fineTune.output(), fineTune.spec().artifact().fingerprint())
                .forEach(file -> jar.add(String.valueOf(file.getFileName()), file));
        Path weights = trained.stream()
                .filter(file -> file.toString().endsWith(".safetensors") || file.endsWith(ModelPointer.FILE))
                .findFirst()
                .orElseThrow();
        jar.add("README.md", ModelCard.render(card).getBytes(StandardCharsets.UTF_8))
                .add("bom.json", new MlBom(fineTune, digests, card).json(coordinates, weights, training))
                .add("dataset.json", fineTune.output().resolve("dataset/dataset.json"))
                .add("fine-tune.yaml", fineTune.specFile())
                .add("provenance.json", new Provenance(fineTune, digests).json(training, card.distilled()));
        if (fineTune.spec().artifact().docker() == Docker.VLLM && card.files().merged() == null) {
            jar.add("Dockerfile", dockerfile().getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private String dockerfile() {
        return card.method().adapter() == null
                ? Serving.dockerfile(card.name())
                : Serving.dockerfile(
                        card.name(),
                        card.base().model(),
                        card.method().adapter(),
                        card.asked().hasTemplate());
    }
}
