package io.github.ftmaven.plugin.source;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Chooses files of a repository or an archive by their names.
 *
 * @param pattern a name, or a glob; empty for every file that may have rows
 */
record NameGlob(String pattern) {
    private static final String ROWS = "(?is).*\\.(((jsonl|ndjson|json|csv|tsv|txt)(\\.gz)?)|parquet)";

    /** The files that are chosen, in the order of their names. */
    List<String> among(Collection<String> names) {
        if (names.contains(pattern)) {
            return List.of(pattern);
        }
        if (pattern.isEmpty()) {
            return names.stream().filter(NameGlob::mayHaveRows).sorted().toList();
        }
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException("'" + pattern + "' is not a glob: " + e.getDescription() + ".", e);
        }
        return names.stream()
                .filter(name -> matcher.matches(Path.of(name)))
                .sorted()
                .toList();
    }

    private static boolean mayHaveRows(String name) {
        return name.matches(ROWS)
                && !name.startsWith("META-INF/")
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(part -> part.startsWith(".") || part.equals("__MACOSX"));
    }
}
