package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.AdapterArtifact;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.model.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The adapter that {@code ft:generate} is given: a directory as PEFT writes it, or a packaged jar. */
final class NamedAdapter {
    private NamedAdapter() {}

    /** Reads the adapter; null where the request names none. */
    static @Nullable PeftAdapter read(Architecture architecture, WorkRequest request) throws IOException {
        String declared = request.parameters().get("adapter");
        if (declared == null) {
            return null;
        }
        Path directory = Path.of(declared);
        if (Files.isRegularFile(directory)) {
            directory = Path.of(request.setting().output(), "adapter");
            AdapterArtifact.unpack(Path.of(declared), declared, directory);
        }
        PeftAdapter adapter = PeftAdapter.read(directory, declared, architecture);
        Directories.delete(Path.of(request.setting().output(), "adapter"));
        return adapter;
    }
}
