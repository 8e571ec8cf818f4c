package io.github.ftmaven.runtime.torch;

import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where DJL unpacks native libraries, and takes what is there for whole ever after. One that was cut short, by a full disk
 * or a copy that was interrupted, ends the process where it is loaded.
 */
public final class NativeCache {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);

    /** Longer than libtorch takes to be unpacked. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private NativeCache() {}

    /**
     * Deletes libraries that are not as long as in their jar, which DJL then unpacks again, and what killed processes
     * were unpacking.
     *
     * @param engine {@code pytorch} or {@code tokenizers}
     */
    public static void check(String engine) {
        Platform platform = Platform.detectPlatform(engine);
        Path cache = Utils.getEngineCacheDir(engine);
        if (!platform.isPlaceholder() && Files.isDirectory(cache)) {
            check(cache, platform.getVersion(), platform.getFlavor() + "-" + platform.getClassifier());
        }
    }

    static void check(Path cache, String version, String kind) {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(cache, Files::isDirectory)) {
            for (Path directory : directories) {
                String name = directory.getFileName().toString();
                if (name.startsWith("tmp")) {
                    Instant written = Files.getLastModifiedTime(directory).toInstant();
                    if (written.plus(ABANDONED).isBefore(Instant.now())) {
                        delete(directory);
                    }
                } else if (name.equals(version + "-" + kind) && isDamaged(directory, kind)) {
                    delete(directory);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{} cannot be checked", cache, e); // another process was here first, or DJL will say
        }
    }

    private static boolean isDamaged(Path directory, String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                long length = length(file.getFileName().toString(), kind);
                if (length >= 0 && Files.size(file) != length) {
                    LOG.warn(
                            "{} has {} bytes instead of {}: it is damaged, and is unpacked again.",
                            file,
                            Files.size(file),
                            length);
                    return true;
                }
            }
            return false;
        }
    }

    /** The length of a library in its jar; -1 if no jar on the class path has it. */
    private static long length(String file, String kind) throws IOException {
        int dash = kind.indexOf('-');
        String flavor = kind.substring(0, dash);
        String classifier = kind.substring(dash + 1);
        String prefix = Engine.getDjlVersion() + "-"; // of the library between Java and libtorch
        String own = file.startsWith(prefix) ? file.substring(prefix.length()) : file;
        for (String path : List.of(
                "/native/lib/" + classifier + "/" + flavor + "/" + file,
                "/pytorch/" + flavor + "/" + classifier + "/" + file,
                "/jnilib/" + classifier + "/" + flavor + "/" + own)) {
            URL library = NativeCache.class.getResource(path);
            if (library != null) {
                URLConnection connection = library.openConnection();
                connection.setUseCaches(false);
                connection.getInputStream().close();
                return connection.getContentLengthLong();
            }
        }
        return -1;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
