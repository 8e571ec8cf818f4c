package io.github.ftmaven.runtime;

import java.nio.file.Path;

/** What others published and this project cannot contain; the profile {@code published} reads it, see CONTRIBUTING.md. */
public final class PublishedGoldens {
    private PublishedGoldens() {}

    /** A file or directory below {@code published.goldens}. */
    public static Path path(String name) {
        String directory = System.getProperty("published.goldens");
        if (directory == null) {
            throw new IllegalStateException("Name the directory of published files: -Dpublished.goldens=DIRECTORY");
        }
        return Path.of(directory).resolve(name);
    }
}
