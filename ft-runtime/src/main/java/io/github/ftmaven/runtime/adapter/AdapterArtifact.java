package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A packaged adapter, unpacked. */
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
            unpack(adapter, display, directory);
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
            unpack(adapter, name, directory);
        }
    }

    private static void unpack(PackagedAdapter adapter, String display, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String name : adapter.files()) {
            try (InputStream in = adapter.content(name)) {
                Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } catch (ZipException | EOFException e) {
                throw new InvalidInputException(display + ": " + name + " cannot be read: it is damaged.", e);
            } catch (InvalidPathException e) {
                throw new InvalidInputException(display + ": " + name + " is not a valid file name on this system.", e);
            }
        }
    }
}
