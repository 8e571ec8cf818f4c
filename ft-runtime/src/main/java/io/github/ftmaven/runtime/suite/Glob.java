package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.python.PythonRegex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the files that match a pattern, in the order of promptfoo's library: in each folder by descending name, then
 * its subfolders. <code>**</code> matches any number of folders, including none; hidden files do not match.
 */
final class Glob {
    private static final Pattern MAGIC = Pattern.compile("[*?\\[{]");
    private static final String ANY = "**";

    /** Limits patterns with stars that cross a whole disk, which no suite needs. */
    private static final int MOST_ENTRIES = 1_000_000;

    private static final int MOST_PATTERNS = 10_000;
    private static final int MOST_BRACES = 100;

    private final Set<Path> found = new LinkedHashSet<>();
    private int entries;

    private Glob() {}

    /** Whether a path is a pattern. */
    static boolean isPattern(String path) {
        return MAGIC.matcher(path).find();
    }

    /** The files that match a pattern, relative to a folder. */
    static Collection<Path> find(Path directory, String pattern) throws IOException {
        Glob glob = new Glob();
        List<String> patterns = new ArrayList<>();
        expand(pattern, 0, patterns);
        for (String each : patterns) {
            boolean absolute = each.startsWith("/");
            List<String> parts = Stream.of(each.split("/+"))
                    .filter(part -> !part.isEmpty() && !part.equals("."))
                    .toList();
            glob.walk(absolute ? directory.toAbsolutePath().getRoot() : directory, parts);
        }
        return glob.found;
    }

    private void walk(Path directory, List<String> parts) throws IOException {
        if (parts.isEmpty()) {
            return;
        }
        String part = parts.get(0);
        List<String> rest = parts.subList(1, parts.size());
        if (part.equals(ANY)) {
            walk(directory, rest.isEmpty() ? List.of("*") : rest);
            for (Path child : children(directory)) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && !isHidden(child)) {
                    walk(child, parts);
                }
            }
        } else if (!isPattern(part)) {
            next(directory.resolve(part), rest);
        } else {
            PythonRegex name = regex(part);
            PythonRegex unreadable = regex(FileNames.widened(part));
            for (Path child : children(directory)) {
                boolean shown = !isHidden(child) || part.startsWith(".");
                PythonRegex wanted = FileNames.isReadable(child) ? name : unreadable;
                if (shown && wanted.matches(child.getFileName().toString())) {
                    next(child, rest);
                }
            }
        }
    }

    private void next(Path path, List<String> rest) throws IOException {
        if (!rest.isEmpty()) {
            walk(path, rest);
        } else if (Files.isRegularFile(path)) {
            found.add(FileNames.readable(path).normalize());
        }
    }

    private List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            List<Path> sorted = children.sorted(Comparator.<Path, String>comparing(
                                    child -> child.getFileName().toString())
                            .reversed())
                    .toList();
            entries += sorted.size();
            if (entries > MOST_ENTRIES) {
                throw new IOException("the search passes more than " + MOST_ENTRIES + " files");
            }
            return sorted;
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** Adds the alternatives in braces, in order. */
    private static void expand(String pattern, int braces, List<String> all) throws IOException {
        int open = pattern.indexOf('{');
        int close = open < 0 ? -1 : end(pattern, open);
        if (close < 0) {
            all.add(pattern);
        }
        if (braces > MOST_BRACES || all.size() > MOST_PATTERNS) {
            throw new IOException("its braces expand to too many patterns");
        }
        for (String choice : close < 0 ? List.<String>of() : choices(pattern.substring(open + 1, close))) {
            expand(pattern.substring(0, open) + choice + pattern.substring(close + 1), braces + 1, all);
        }
    }

    private static int end(String pattern, int open) {
        int depth = 0;
        for (int i = open; i < pattern.length(); i++) {
            depth += pattern.charAt(i) == '{' ? 1 : pattern.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> choices(String inner) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                choices.add(inner.substring(start, i));
                start = i + 1;
            }
        }
        choices.add(inner.substring(start));
        return choices;
    }

    private static PythonRegex regex(String part) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int close = c == '[' ? part.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String set = part.substring(i + 1, close)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("&", "\\&");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = close;
            } else {
                regex.append(PythonRegex.escape(String.valueOf(c)));
            }
        }
        try {
            return PythonRegex.compile(regex.toString());
        } catch (IllegalArgumentException e) {
            return PythonRegex.compile(PythonRegex.escape(part)); // an invalid set is a literal name
        }
    }
}
