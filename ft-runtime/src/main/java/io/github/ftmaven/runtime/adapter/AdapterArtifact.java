package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A packaged adapter, unpacked. */
public final class AdapterArtifact {
    private AdapterArtifact() {}

    /**
     * Unpacks the one adapter a jar holds, without its evaluation.
     *
     * @param display the jar as the user would write its path
     * @param directory where its files go, flat; made if it is not there
     * @throws InvalidInputException if the jar cannot be read as one, or does not hold exactly one adapter
     */
    public static void unpack(Path jar, String display, Path directory) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, display)) {
            Files.createDirectories(directory);
            for (String name : adapter.files()) {
                try (InputStream in = adapter.content(name)) {
                    Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
