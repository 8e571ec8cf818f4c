package io.github.ftmaven.runtime.files;

import java.nio.file.Path;
import java.util.List;

/**
 * Shows paths relative to the project's directory, the same on every machine, and fetched files by their names.
 *
 * @param fetched the files of the spec that are not the project's own
 */
public record ProjectPaths(Path base, List<FetchedFile> fetched) {
    /** Copies {@code fetched}. */
    public ProjectPaths {
        fetched = List.copyOf(fetched);
    }

    /** Shows the paths of a project. */
    public ProjectPaths(Path base) {
        this(base, List.of());
    }

    /**
     * The path relative to the project's directory, with forward slashes; absolute only on another drive. A process in
     * that directory finds the file under this path, even where the directory is a link. A fetched file has its name
     * instead.
     */
    public String show(Path path) {
        return fetched.stream()
                .filter(file -> path(file).equals(path))
                .map(FetchedFile::name)
                .findFirst()
                .orElseGet(() -> relative(path));
    }

    /** The fetched files of a place in the spec; empty if it names the project's own. */
    public List<Path> fetched(String place) {
        return fetched.stream()
                .filter(file -> file.place().equals(place))
                .map(this::path)
                .toList();
    }

    private Path path(FetchedFile file) {
        return base.resolve(file.path()).normalize();
    }

    private String relative(Path path) {
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
