package io.github.ftmaven.runtime.files;

import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a spec's patterns name.
 *
 * @param specDirectory the directory that relative patterns start from
 */
public record DataFiles(Path specDirectory, ProjectPaths paths) {
    /**
     * Returns the files of a list of paths and globs, in the order of the list; the matches of a glob are sorted by
     * name. A file that is reachable through several links occurs once. Names of a hub or a repository give the files
     * that were fetched for them.
     *
     * @param key the spec's key, for messages
     * @throws InvalidInputException if a path does not exist or a glob matches nothing
     */
    public List<Path> find(String key, List<String> patterns) {
        return find(key, patterns, null);
    }

    /** The same without one file, which need not exist. */
    public List<Path> findBut(String key, List<String> patterns, Path left) {
        Path real = RealPath.of(left);
        return find(key, patterns, real).stream()
                .filter(file -> !RealPath.of(file).equals(real))
                .toList();
    }

    private List<Path> find(String key, List<String> patterns, @Nullable Path left) {
        Map<Path, Path> found = new LinkedHashMap<>();
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            List<Path> fetched = paths.fetched(key + "[" + i + "]");
            // Two of them with the same content may be links to one file.
            fetched.forEach(file -> found.putIfAbsent(file, file));
            if (!fetched.isEmpty() || RemoteFiles.isRemote(pattern)) {
                continue;
            }
            FileNames.require(key + ": ", pattern);
            if (left != null && firstWildcard(pattern) < 0 && isFile(pattern, left)) {
                continue;
            }
            try {
                find(key, pattern).forEach(file -> found.putIfAbsent(RealPath.of(file), file));
            } catch (InvalidPathException | PatternSyntaxException e) {
                throw new InvalidInputException(
                        key + ": '" + pattern + "' is not a path or glob: " + e.getMessage(), e);
            }
        }
        return List.copyOf(found.values());
    }

    private boolean isFile(String pattern, Path file) {
        try {
            return RealPath.of(specDirectory.resolve(pattern)).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
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
        return below(root, depth)
                .filter(path -> !path.getFileName().toString().startsWith("."))
                .filter(path -> {
                    Path name = root.relativize(path);
                    return FileNames.isReadable(path) ? matcher.matches(name) : unreadable.matches(name);
                })
                .map(FileNames::readable)
                .sorted()
                .toList();
    }

    /** The files below a directory. Follows links, except links to a directory above. */
    private static Stream<Path> below(Path root, int depth) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof FileSystemLoopException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream();
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
