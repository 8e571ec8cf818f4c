package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Arena;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the results of training into {@code train/adapter/}, which appears whole or not at all. */
final class TrainedFiles {
    private final Job job;
    private final ServedFiles served;

    /**
     * @param served how programs prompt the fine-tune and where it stops
     */
    TrainedFiles(Job job, ServedFiles served) {
        this.job = job;
        this.served = served;
    }

    void write(Arena arena, BaseTensors base, @Nullable LoraTensors lora) throws IOException {
        replace(job, next -> {
            if (lora == null) {
                writeModel(arena, base, next);
            } else {
                writeAdapter(lora, base.type(), next);
            }
            return next;
        });
    }

    /** Takes an adapter that something else writes into the directory that it is given. */
    <T> T bring(Source<T> source) throws IOException {
        return replace(job, next -> {
            T result = source.write(next);
            served.write(next);
            return result;
        });
    }

    /** Writes files into a directory. */
    @FunctionalInterface
    interface Source<T> {
        T write(Path directory) throws IOException;
    }

    /** Takes all of {@code train/adapter/} from something that writes it into the directory that it is given. */
    static <T> T replace(Job job, Source<T> source) throws IOException {
        Path directory = job.output().resolve("train").resolve("adapter");
        Path next = directory.resolveSibling("adapter.next");
        Directories.delete(next);
        Files.createDirectories(next);
        T result = source.write(next);
        Directories.delete(directory);
        Files.move(next, directory, StandardCopyOption.ATOMIC_MOVE);
        return result;
    }

    private void writeAdapter(LoraTensors lora, DType precision, Path directory) throws IOException {
        PeftAdapter.write(directory, config(lora), lora.layout(), lora::weights, precision);
        served.write(directory);
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
        served.write(job.base(), directory);
        DType type = Objects.requireNonNullElse(
                job.base().architecture().parameters().dtype(), DType.F32);
        BaseTensors.write(arena, job.base().architecture(), base, type, directory.resolve("model.safetensors"));
    }
}
