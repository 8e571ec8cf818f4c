package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tells one snapshot of this program from another of the same version. The plugin and ft-runtime are in one jar, and each
 * is told by its own classes: a change of a goal is no reason to train again.
 */
public final class Program {
    /** The classes that a worker runs. */
    static final String RUNTIME = "io/github/ftmaven/runtime/";
    /** The goals. */
    static final String PLUGIN = "io/github/ftmaven/plugin/";

    /** By jar and part. A running build has the jars open, so each is read once. */
    private static final Map<String, String> DIGESTS = new ConcurrentHashMap<>();

    private Program() {}

    /** The jar of the running plugin; empty in tests, where its classes are in a directory. */
    public static Optional<Path> jar() {
        CodeSource source = Versions.class.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source)
                .map(known -> Path.of(URI.create(known.getLocation().toString())))
                .filter(Files::isRegularFile);
    }

    /**
     * A digest of what the jar's directory says of the entries below a part of it, which the class loader has read anyway.
     * Reading the classes themselves would take longer than hashing everything else.
     *
     * @param part a directory in the jar, ending in a slash
     */
    static String digest(Path jar, String part) throws IOException {
        String key = part + " in " + jar;
        String digest = DIGESTS.get(key);
        if (digest == null) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                digest = Digests.sha256(zip.stream()
                        .filter(entry -> entry.getName().startsWith(part))
                        .map(Program::line)
                        .collect(Collectors.joining()));
            }
            DIGESTS.put(key, digest);
        }
        return digest;
    }

    private static String line(ZipEntry entry) {
        return entry.getName() + ' ' + entry.getSize() + ' ' + entry.getCrc() + '\n';
    }
}
