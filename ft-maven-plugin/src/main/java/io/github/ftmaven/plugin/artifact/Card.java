package io.github.ftmaven.plugin.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.NamedToken;
import io.github.ftmaven.runtime.chat.ServedTemplate;
import io.github.ftmaven.runtime.chat.TemplateSources;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.dataset.SplitReport;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.report.ModelCard;
import io.github.ftmaven.runtime.report.PublishedBase;
import io.github.ftmaven.runtime.report.TrainingSummary;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers the facts for a fine-tune's model card. */
public final class Card {
    private Card() {}

    /**
     * The facts for the model card.
     *
     * @param name the fine-tune's name if the spec has none
     * @param files the other artifacts of the fine-tune
     * @param training the stamp of the training that produced the adapter
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if a stage's result is missing or damaged
     */
    public static ModelCard.Facts facts(
            FineTune fineTune, String name, ModelCard.Files files, DigestCache digests, Stamp training)
            throws IOException {
        FineTuneSpec spec = fineTune.spec();
        DatasetReport report = new DatasetStore(fineTune.output()).report();
        boolean kept = spec.keeper().isPresent();
        PeftAdapter adapter = kept || spec.adapter().method() == Method.FULL ? null : Formats.adapter(fineTune);
        Located base = fineTune.located().base();
        Path trained = fineTune.output().resolve("train/training.json");
        return new ModelCard.Facts(
                spec.name() == null ? name : spec.name(),
                new ModelCard.Base(new PublishedBase(base.name(), base.revision()), baseDigest(fineTune, digests)),
                new ModelCard.Method(
                        spec.base().quantization(),
                        adapter == null ? null : adapter.config(),
                        spec.adapter().startFrom(),
                        new ModelCard.Arithmetic(
                                UsedPrecision.word(adapter == null ? DType.F32 : adapter.precision()),
                                StageStamps.deterministic(training).orElse(null),
                                MicroBatch.lowered(fineTune).orElse(null)),
                        spec.training(),
                        TrainingSummary.read(trained, false).steps(),
                        ran(trained),
                        kept ? Formats.pointer(fineTune) : null),
                asked(fineTune, report),
                Stream.of(Split.values())
                        .map(split -> row(split, report.split(split)))
                        .filter(split -> split.examples() > 0)
                        .toList(),
                report.distilled(),
                FetchedData.digests(fineTune, digests),
                new ModelCard.Declared(
                        spec.artifact().intendedUse(), spec.artifact().licenses()),
                files);
    }

    private static ModelCard.@Nullable Ran ran(Path trained) {
        JsonNode service =
                JsonFile.read(trained, "Run the training again (ft:train).").path(TrainingSummary.SERVICE);
        return service.isObject()
                ? new ModelCard.Ran(
                        service.path("name").asText(),
                        service.path("job").asText(),
                        service.path("model").asText())
                : null;
    }

    private static ModelCard.Asked asked(FineTune fineTune, DatasetReport report) {
        FineTuneSpec spec = fineTune.spec();
        DatasetSpec dataset = spec.dataset();
        int longest = Objects.requireNonNullElse(
                spec.evaluation().answers().maxNewTokens(),
                report.test().lengths().longestAnswer());
        if (spec.keeper().isPresent()) {
            return ModelCard.Asked.there(dataset.system(), dataset.rows().answers() == Spelling.WORDS, longest);
        }
        ModelDirectory base = fineTune.base();
        ServedFiles served = Formats.served(fineTune);
        NamedToken end = NamedToken.of(base.path(), served.endTokens().get(0));
        return new ModelCard.Asked(
                ServedTemplate.layoutName(dataset, base.path()).orElse(null),
                dataset.system(),
                dataset.rows().answers() == Spelling.WORDS,
                served.template()
                        .or(() -> TemplateSources.of(base.path()).usual())
                        .flatMap(template -> ServedTemplate.example(template, base.path()))
                        .orElse(null),
                end,
                !base.endTokens().contains(end.id()),
                served.template().isPresent(),
                end.added()
                        ? ServedTemplate.ollama(dataset, base.path(), end.name())
                                .orElse(null)
                        : null,
                longest);
    }

    /** The digest of a single file, or of the lines that {@code sha256sum} prints for several files. */
    private static @Nullable String baseDigest(FineTune fineTune, DigestCache digests) throws IOException {
        if (!fineTune.spec().readsWeights()) {
            return null;
        }
        List<Path> files = fineTune.base().weightFiles();
        if (files.size() == 1) {
            return digests.sha256(files.get(0));
        }
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            lines.append(digests.sha256(file))
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
        }
        return Digests.sha256(lines.toString());
    }

    private static ModelCard.Split row(Split split, SplitReport report) {
        return new ModelCard.Split(
                split.label(),
                report.rows(),
                report.lengths().tokens(),
                report.lengths().supervisedTokens(),
                report.sha256());
    }
}
