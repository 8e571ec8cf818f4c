package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.AdapterArtifact;
import io.github.ftmaven.runtime.adapter.OtherFormats;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.torch.Arena;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The adapter to continue from: {@code adapter.startFrom}. */
final class StartAdapter {
    private StartAdapter() {}

    /**
     * Loads the adapter. It keeps its own rank, scale and targets; the dropout comes from the spec.
     *
     * @throws InvalidInputException if it is missing or damaged, does not fit the base model, or has another method
     *     than the spec
     */
    static LoraTensors load(Job job, Arena arena) throws IOException {
        Path path = job.startFrom();
        String display = "adapter.startFrom (" + job.spec().adapter().startFrom() + ")";
        if (Files.isDirectory(path)) {
            return load(job, arena, path, display);
        }
        OtherFormats.refuseFile(path, display);
        Path unpacked = job.output().resolve("train").resolve("start-from");
        try {
            Directories.delete(unpacked);
            AdapterArtifact.unpack(path, display, unpacked);
            return load(job, arena, unpacked, display);
        } finally {
            Directories.delete(unpacked);
        }
    }

    private static LoraTensors load(Job job, Arena arena, Path directory, String display) {
        PeftAdapter adapter = PeftAdapter.read(directory, display, job.base().architecture());
        boolean dora = job.spec().adapter().method() == Method.DORA;
        if (adapter.layout().dora() != dora) {
            throw new InvalidInputException(display + ": is "
                    + (dora
                            ? "not a DoRA adapter: write adapter.method: lora."
                            : "a DoRA adapter: write adapter.method: dora."));
        }
        return LoraTensors.of(
                arena,
                adapter.layout(),
                job.spec().adapter().lora().dropout(),
                module -> Objects.requireNonNull(adapter.weights().get(module)));
    }
}
