package io.github.ftmaven.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The rooms of a module as ARCHITECTURE.md lists them, from the bottom up. */
final class Rooms {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");

    private Rooms() {}

    static List<String> listed(String module) throws IOException {
        String text = Files.readString(Path.of("../ARCHITECTURE.md"));
        String heading = "## The rooms of " + module + "\n";
        String section = text.substring(text.indexOf(heading) + heading.length());
        return ROW.matcher(section.substring(0, section.indexOf("\n## ")))
                .results()
                .map(row -> row.group(1))
                .toList();
    }
}
