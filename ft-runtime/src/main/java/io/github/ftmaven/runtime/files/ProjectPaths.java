package io.github.ftmaven.runtime.files;

import java.nio.file.Path;

/** Shows paths as a person in the project's directory would write them; the same on every machine. */
public record ProjectPaths(Path base) {
    /**
     * The path relative to the project's directory, with forward slashes; absolute only on another drive. A process in that
     * directory finds the file by it, also where the directory is a link.
     */
    public String show(Path path) {
        Path from = base.toAbsolutePath().normalize();
        Path to = path.toAbsolutePath().normalize();
        if (!to.startsWith(from)) {
            // The system follows links before it takes a step upwards.
            from = RealPath.of(from);
            Path real = RealPath.of(to);
            to = real.startsWith(from) ? real : to;
        }
        boolean related = from.getRoot() != null && from.getRoot().equals(to.getRoot());
        return (related ? from.relativize(to) : to).toString().replace('\\', '/');
    }
}
