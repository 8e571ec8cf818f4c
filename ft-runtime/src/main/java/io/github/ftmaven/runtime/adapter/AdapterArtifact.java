package io.github.ftmaven.runtime.adapter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Unpacks packaged adapters, unless they are sealed and not what was sealed. */
public final class AdapterArtifact {
    private static final String ADVICE = "Get it again from where it was released.";

    private AdapterArtifact() {}

    /**
     * Unpacks the only adapter of a jar, without its evaluation.
     *
     * @param display the jar as the user would write its path
     * @param directory where its files go, without subdirectories; created if missing
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if the jar cannot be read as one, does not hold
     *     exactly one adapter, or is sealed and not what was sealed
     */
    public static void unpack(Path jar, String display, Path directory) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, display)) {
            if (adapter.isSealed()) {
                Seal.verify(adapter, display, ADVICE);
            }
            adapter.unpack(directory);
        }
    }

    /**
     * Unpacks one of the adapters of a jar that may also hold other things.
     *
     * @param name {@code groupId:artifactId}, and {@code :classifier} if the jar has one
     */
    static void unpack(ZipFile zip, String name, Path directory) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.in(zip, name)) {
            if (adapter.isSealed()) {
                Seal.verifyAmongOthers(adapter, name, ADVICE);
            }
            adapter.unpack(directory);
        }
    }
}
