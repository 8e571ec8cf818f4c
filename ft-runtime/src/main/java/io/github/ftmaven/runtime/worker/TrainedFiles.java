package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.dataset.SplitReport;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.report.ModelCard;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Initialization;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what training made into {@code train/adapter/}, which appears whole or not at all. */
final class TrainedFiles {
    private final Job job;

    TrainedFiles(Job job) {
        this.job = job;
    }

    void write(Arena arena, BaseTensors base, @Nullable LoraTensors lora, TrainingResult result) throws IOException {
        Path directory = job.output().resolve("train").resolve("adapter");
        Path next = directory.resolveSibling("adapter.next");
        Directories.delete(next);
        Files.createDirectories(next);
        if (lora == null) {
            writeModel(arena, base, next);
        } else {
            writeAdapter(lora, next);
        }
        Files.writeString(next.resolve("README.md"), ModelCard.render(facts(lora, result)));
        Directories.delete(directory);
        Files.move(next, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private void writeAdapter(LoraTensors lora, Path directory) throws IOException {
        PeftAdapter.write(directory, config(lora), lora.layout(), lora::weights);
    }

    private PeftConfig config(LoraTensors lora) {
        return new PeftConfig(
                job.inputs().name(),
                job.inputs().revision(),
                lora.layout().selection(),
                lora.dropout(),
                lora.layout().dora());
    }

    private void writeModel(Arena arena, BaseTensors base, Path directory) throws IOException {
        for (String name : Stream.concat(ModelDirectory.REQUIRED.stream(), ModelDirectory.OPTIONAL.stream())
                .toList()) {
            Path file = job.base().path().resolve(name);
            if (Files.isRegularFile(file)) {
                Files.copy(file, directory.resolve(name));
            }
        }
        DType type = Objects.requireNonNullElse(job.base().architecture().dtype(), DType.F32);
        BaseTensors.write(arena, job.base().architecture(), base, type, directory.resolve("model.safetensors"));
    }

    private ModelCard.Facts facts(@Nullable LoraTensors lora, TrainingResult result) {
        FineTuneSpec spec = job.spec();
        DatasetReport report = new DatasetStore(job.output()).report();
        boolean random = spec.base().initialize() == Initialization.RANDOM;
        return new ModelCard.Facts(
                Objects.requireNonNullElse(spec.name(), "adapter"),
                job.inputs().name(),
                random ? null : job.base().weightDigest(),
                spec.base().quantization(),
                lora == null ? null : config(lora),
                spec.adapter().startFrom(),
                spec.training(),
                result.steps(),
                spec.dataset().template().name().toLowerCase(Locale.ROOT),
                spec.dataset().system(),
                Stream.of(Split.values())
                        .map(split -> card(split, report.split(split)))
                        .filter(split -> split.examples() > 0)
                        .toList());
    }

    private static ModelCard.Split card(Split split, SplitReport report) {
        return new ModelCard.Split(
                split.label(), report.rows(), report.tokens(), report.supervisedTokens(), report.sha256());
    }
}
