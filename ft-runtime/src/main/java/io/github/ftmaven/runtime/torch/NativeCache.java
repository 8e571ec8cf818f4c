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
 * DJL's directory of unpacked native libraries. DJL trusts existing files forever: loading a truncated one, left by a
 * full disk or an interrupted copy, crashes the process.
 */
public final class NativeCache {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);

    /** Longer than unpacking libtorch takes. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private NativeCache() {}

    /**
     * Deletes libraries whose size differs from the one in their jar, so that DJL unpacks them again, and files that
     * killed processes left half-unpacked.
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
            LOG.debug("{} cannot be checked", cache, e); // another process was faster, or DJL reports it
        }
    }

    private static boolean isDamaged(Path directory, String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                long length = length(file.getFileName().toString(), kind);
                if (length >= 0 && Files.size(file) != length) {
                    LOG.warn(
                            "{} has {} bytes instead of {}: the file is damaged and will be unpacked again.",
                            file,
                            Files.size(file),
                            length);
                    return true;
                }
            }
            return false;
        }
    }

    /** The length of a library in its jar; -1 if no jar on the class path has the library. */
    private static long length(String file, String kind) throws IOException {
        int dash = kind.indexOf('-');
        String flavor = kind.substring(0, dash);
        String classifier = kind.substring(dash + 1);
        String prefix = Engine.getDjlVersion() + "-"; // the version of DJL's JNI library
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
