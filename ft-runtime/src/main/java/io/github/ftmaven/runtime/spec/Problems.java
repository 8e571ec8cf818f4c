package io.github.ftmaven.runtime.spec;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.Yaml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The mistakes found in one file, reported together. */
final class Problems {
    private record Problem(Mark mark, List<String> paths, String text) {}

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    /** Creates an empty list for a file, named as the user names it. */
    Problems(String file) {
        this.file = file;
    }

    /** Adds a mistake at a place in the file, about the key (or entry of a list) at {@code path}. */
    void add(Mark mark, String path, String text) {
        add(mark, List.of(path), text);
    }

    /** Adds a mistake that concerns all of {@code paths}. */
    void add(Mark mark, List<String> paths, String text) {
        problems.add(new Problem(mark, paths, text));
    }

    /** Whether a mistake concerns a path, anything in it or anything around it. Its value is then meaningless. */
    boolean touch(String path) {
        return problems.stream()
                .flatMap(problem -> problem.paths.stream())
                .anyMatch(other -> contains(path, other) || contains(other, path));
    }

    /** Throws one exception with a line for each mistake, in the order of the file, if there are any. */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems.stream()
                    .sorted(Comparator.comparingInt(problem -> problem.mark.getIndex()))
                    .map(problem -> Yaml.message(file, problem.mark, problem.text))
                    .collect(Collectors.joining("\n")));
        }
    }

    private static boolean contains(String outer, String inner) {
        return inner.equals(outer) || inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
    }
}
