package io.github.ftmaven.runtime.files;

import java.nio.file.Path;

/** Shows paths relative to the project's directory, the same on every machine. */
public record ProjectPaths(Path base) {
    /**
     * The path relative to the project's directory, with forward slashes; absolute only on another drive. A process in
     * that directory finds the file under this path, even where the directory is a link.
     */
    public String show(Path path) {
        Path from = base.toAbsolutePath().normalize();
        Path to = path.toAbsolutePath().normalize();
        if (!to.startsWith(from)) {
            // The operating system follows links before it goes up a level.
            from = RealPath.of(from);
            Path real = RealPath.of(to);
            to = real.startsWith(from) ? real : to;
        }
        boolean related = from.getRoot() != null && from.getRoot().equals(to.getRoot());
        return (related ? from.relativize(to) : to).toString().replace('\\', '/');
    }
}
