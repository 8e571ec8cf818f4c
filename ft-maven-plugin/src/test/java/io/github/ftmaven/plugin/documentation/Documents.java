package io.github.ftmaven.plugin.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The documentation of this repository. */
final class Documents {
    /** The root of the repository; tests run in the module's directory. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Documents() {}

    /** Everything in Markdown. */
    static List<Path> pages() {
        List<Path> pages = new ArrayList<>();
        for (String page :
                List.of("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "src/it/WRITING_ITS.md")) {
            pages.add(ROOT.resolve(page));
        }
        for (String directory : List.of(".github", "docs", "examples", "tools")) {
            pages.addAll(below(directory, Set.of("md")));
        }
        return pages;
    }

    /** The files below a directory of the root whose names end so, without those that a build made. */
    static List<Path> below(String directory, Set<String> extensions) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
            return files.filter(file -> !ROOT.relativize(file).toString().matches("(.*[/\\\\])?target[/\\\\].*"))
                    .filter(file -> extensions.contains(file.toString().replaceFirst(".*\\.", "")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
