package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.export.GgufAdapter;
import io.github.ftmaven.runtime.export.GgufModel;
import io.github.ftmaven.runtime.export.MergedModel;
import io.github.ftmaven.runtime.export.MergedWeights;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.report.ModelCard;
import io.github.ftmaven.runtime.report.Serving;
import io.github.ftmaven.runtime.spec.Docker;
import io.github.ftmaven.runtime.spec.Gguf;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.PackageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts of a fine-tune beside its jar: {@code GROUP:NAME:VERSION:zip:merged}, and {@code :gguf:} with the
 * classifiers {@code lora}, {@code f16} and {@code q8_0}.
 */
public final class Formats {
    private static final String MERGED = "merged";
    private static final long MEGABYTE = 1_000_000;

    private final FineTune fineTune;
    private final List<Attached> files = new ArrayList<>();
    private final Map<Gguf, Attached> ggufs = new EnumMap<>(Gguf.class);
    private final @Nullable Attached merged;

    /** An artifact to attach. */
    public record Attached(String classifier, String type, Path file) {
        private static Attached of(Path directory, String finalName, String classifier, String type) {
            return new Attached(classifier, type, directory.resolve(finalName + "-" + classifier + "." + type));
        }

        private String name() {
            return String.valueOf(file.getFileName());
        }
    }

    /**
     * Reads the formats that a spec asks for.
     *
     * @param directory the directory for the files
     * @param finalName the prefix of their names
     */
    public Formats(FineTune fineTune, Path directory, String finalName) {
        this.fineTune = fineTune;
        merged = fineTune.spec().artifact().formats().contains(PackageFormat.MERGED)
                ? Attached.of(directory, finalName, MERGED, "zip")
                : null;
        if (merged != null) {
            files.add(merged);
        }
        for (Gguf gguf : fineTune.spec().artifact().gguf(method())) {
            Attached file = Attached.of(directory, finalName, gguf.name().toLowerCase(Locale.ROOT), "gguf");
            ggufs.put(gguf, file);
            files.add(file);
        }
    }

    /** The artifacts. */
    public List<Attached> attached() {
        return List.copyOf(files);
    }

    /** The names of their files, for the model card. */
    public ModelCard.Files names() {
        Map<Gguf, String> names = new EnumMap<>(Gguf.class);
        ggufs.forEach((gguf, file) -> names.put(gguf, file.name()));
        return new ModelCard.Files(names, merged == null ? null : merged.name());
    }

    /**
     * Writes them all.
     *
     * @param card the model card, which is also part of the merged model
     * @param time the timestamp of archive entries
     */
    public void write(ModelCard.Facts card, Instant time) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        ModelDirectory model = method() == Method.FULL ? trainedModel() : fineTune.base();
        PeftAdapter adapter = method() == Method.FULL ? null : adapter(fineTune);
        ServedFiles served = served(fineTune);
        if (merged != null) {
            writeMerged(merged.file(), new MergedWeights(model, adapter), served, card, time);
        }
        for (Map.Entry<Gguf, Attached> entry : ggufs.entrySet()) {
            Path file = entry.getValue().file();
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            switch (entry.getKey()) {
                case LORA -> {
                    if (adapter != null) {
                        GgufAdapter.write(file, card.name(), adapter, model.architecture());
                    }
                }
                case F16 ->
                    GgufModel.write(
                            file, card.name(), new MergedWeights(model, adapter), served, GgufModel.Precision.F16);
                case Q8_0 ->
                    GgufModel.write(
                            file, card.name(), new MergedWeights(model, adapter), served, GgufModel.Precision.Q8_0);
            }
        }
    }

    /** The trained adapter, with the files in its jar that describe how to read it. */
    static PeftAdapter adapter(FineTune fineTune) {
        Path directory = trained(fineTune);
        return PeftAdapter.read(
                directory, fineTune.shown(directory), fineTune.base().architecture());
    }

    /** The pointer to a model that its service keeps. */
    static ModelPointer pointer(FineTune fineTune) {
        Path directory = trained(fineTune);
        return ModelPointer.read(directory, fineTune.shown(directory));
    }

    /** How to prompt the trained model and where it stops. */
    static ServedFiles served(FineTune fineTune) {
        Path directory = trained(fineTune);
        return ServedFiles.read(directory, fineTune.shown(directory));
    }

    private static Path trained(FineTune fineTune) {
        return fineTune.output().resolve("train").resolve("adapter");
    }

    private ModelDirectory trainedModel() {
        return ModelDirectory.open(
                trained(fineTune),
                fineTune.shown(trained(fineTune)),
                fineTune.spec().base().ignoreKeys());
    }

    private Method method() {
        return fineTune.spec().adapter().method();
    }

    /** Keeps the directory beside the archive in the output, ready for serving. */
    private void writeMerged(Path zip, MergedWeights weights, ServedFiles served, ModelCard.Facts card, Instant time)
            throws IOException {
        Path directory = fineTune.output().resolve("package").resolve(MERGED);
        Path next = directory.resolveSibling(MERGED + ".next");
        Directories.delete(next);
        Files.createDirectories(next);
        MergedModel.write(weights, served, next, fineTune.spec().artifact().shardSize() * MEGABYTE);
        Files.writeString(next.resolve("README.md"), ModelCard.render(card));
        if (fineTune.spec().artifact().docker() == Docker.VLLM) {
            Files.writeString(next.resolve("Dockerfile"), Serving.dockerfile(card.name()));
        }
        Directories.delete(directory);
        Files.move(next, directory);
        AdapterJar archive = AdapterJar.zip(MERGED + "/");
        for (Path file : list(directory)) {
            archive.add(directory.relativize(file).toString().replace('\\', '/'), file);
        }
        archive.write(zip, time);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(FileNames::readable)
                    .sorted()
                    .toList();
        }
    }
}
