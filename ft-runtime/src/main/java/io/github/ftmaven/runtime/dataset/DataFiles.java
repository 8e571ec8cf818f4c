package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Finds the files that a spec's patterns name.
 *
 * @param specDirectory what the patterns are relative to
 */
public record DataFiles(Path specDirectory, ProjectPaths paths) {
    /**
     * The files of a list of paths and globs, in the order of the list; those of one glob in the order of their names.
     *
     * @param key the spec's key, for messages
     * @throws InvalidInputException if a path does not exist or a glob matches nothing
     */
    public List<Path> find(String key, List<String> patterns) {
        Set<Path> found = new LinkedHashSet<>();
        for (String pattern : patterns) {
            FileNames.require(key + ": ", pattern);
            try {
                found.addAll(find(key, pattern));
            } catch (InvalidPathException | PatternSyntaxException e) {
                throw new InvalidInputException(
                        key + ": '" + pattern + "' is not a path or glob: " + e.getMessage(), e);
            }
        }
        return List.copyOf(found);
    }

    private List<Path> find(String key, String pattern) {
        int wildcard = firstWildcard(pattern);
        if (wildcard < 0) {
            return List.of(existing(key, specDirectory.resolve(pattern).normalize()));
        }
        int tail = pattern.lastIndexOf('/', wildcard) + 1;
        Path root = specDirectory.resolve(pattern.substring(0, tail)).normalize();
        List<Path> matches = Files.isDirectory(root) ? matches(root, pattern.substring(tail)) : List.of();
        if (matches.isEmpty()) {
            throw new InvalidInputException(key + ": '" + pattern + "' matches no file in " + paths.show(root) + ".");
        }
        return matches;
    }

    private Path existing(String key, Path file) {
        if (Files.isRegularFile(file)) {
            return file;
        }
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(key + ": " + paths.show(file) + " is a directory. Name its files, such as "
                    + paths.show(file) + "/*.jsonl.");
        }
        throw new InvalidInputException(key + ": " + paths.show(file) + ": no such file."
                + Suggestion.didYouMean(file.getFileName().toString(), siblings(file)));
    }

    private static List<String> siblings(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> matches(Path root, String glob) {
        PathMatcher matcher = root.getFileSystem().getPathMatcher("glob:" + glob);
        PathMatcher unreadable = root.getFileSystem().getPathMatcher("glob:" + FileNames.widened(glob));
        boolean deep = glob.contains("**") || glob.contains("{");
        int depth = deep ? Integer.MAX_VALUE : glob.split("/", -1).length;
        try (Stream<Path> walk = Files.walk(root, depth)) {
            return walk.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> {
                        Path name = root.relativize(path);
                        return FileNames.isReadable(path) ? matcher.matches(name) : unreadable.matches(name);
                    })
                    .map(FileNames::readable)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int firstWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
