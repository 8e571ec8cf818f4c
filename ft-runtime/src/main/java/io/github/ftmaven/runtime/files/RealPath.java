package io.github.ftmaven.runtime.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resolves the links in a path, so that two names of one file become equal. */
public final class RealPath {
    private RealPath() {}

    /** The path with its links resolved, as far as it exists; the rest is unchanged. */
    public static Path of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path existing = whole; existing != null; existing = existing.getParent()) {
            if (Files.exists(existing)) {
                try {
                    return existing.toRealPath()
                            .resolve(existing.relativize(whole))
                            .normalize();
                } catch (IOException e) {
                    // Deleted meanwhile, or not accessible.
                }
            }
        }
        return whole;
    }
}
