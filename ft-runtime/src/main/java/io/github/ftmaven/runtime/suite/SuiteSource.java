package io.github.ftmaven.runtime.suite;

import java.nio.file.Path;

/**
 * The source of a configuration.
 *
 * @param file a YAML or JSON file
 * @param display the file as messages name it
 * @param pointer a JSON pointer to the configuration within the file; empty for the whole file
 */
public record SuiteSource(Path file, String display, String pointer) {
    /** A file that contains only a configuration. */
    public SuiteSource(Path file, String display) {
        this(file, display, "");
    }

    /** The base of relative paths. */
    Path directory() {
        return file.toAbsolutePath().resolveSibling("").normalize();
    }
}
