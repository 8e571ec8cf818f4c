package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.adapter.AdapterArtifact;
import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.OtherFormats;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.spec.AdapterSpec;
import io.github.ftmaven.runtime.spec.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The modules that a training adapts. */
public final class DeclaredLayout {
    private DeclaredLayout() {}

    /** The modules of the adapter that training starts with, or else those that the spec declares; null for all. */
    public static @Nullable LoraLayout of(Job job) throws IOException {
        AdapterSpec adapter = job.spec().adapter();
        if (adapter.method() == Method.FULL) {
            return null;
        }
        Architecture architecture = job.base().architecture();
        return adapter.startFrom() == null
                ? LoraLayout.declared(architecture, adapter)
                : start(
                        job,
                        (directory, display) -> PeftAdapter.read(directory, display, architecture)
                                .layout());
    }

    /**
     * Reads the adapter that training starts with: {@code adapter.startFrom}.
     *
     * @param <T> what is read
     * @param reader gets its directory, unpacked if it is a jar, and its name in messages
     */
    public static <T> T start(Job job, BiFunction<Path, String, T> reader) throws IOException {
        Path path = job.startFrom();
        String display = "adapter.startFrom (" + job.spec().adapter().startFrom() + ")";
        if (Files.isDirectory(path)) {
            return reader.apply(path, display);
        }
        OtherFormats.refuseFile(path, display);
        Path unpacked = job.output().resolve("train").resolve("start-from");
        try {
            Directories.delete(unpacked);
            AdapterArtifact.unpack(path, display, unpacked);
            return reader.apply(unpacked, display);
        } finally {
            Directories.delete(unpacked);
        }
    }
}
