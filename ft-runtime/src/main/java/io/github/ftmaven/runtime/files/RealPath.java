package io.github.ftmaven.runtime.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a path is called without links, so that two names of one file are one. */
public final class RealPath {
    private RealPath() {}

    /** The path with the links in it followed, as far as it exists; the rest as it is. */
    public static Path of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path existing = whole; existing != null; existing = existing.getParent()) {
            if (Files.exists(existing)) {
                try {
                    return existing.toRealPath()
                            .resolve(existing.relativize(whole))
                            .normalize();
                } catch (IOException e) {
                    // Gone meanwhile, or not to be looked at.
                }
            }
        }
        return whole;
    }
}
