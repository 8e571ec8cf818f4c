package io.github.ftmaven.runtime.suite;

import java.nio.file.Path;

/**
 * Where a configuration stands.
 *
 * @param file a YAML or JSON file
 * @param display the file as messages name it
 * @param pointer a JSON pointer to the configuration within the file; empty if it is all of the file
 */
public record SuiteSource(Path file, String display, String pointer) {
    /** A file that is a configuration. */
    public SuiteSource(Path file, String display) {
        this(file, display, "");
    }

    /** What its files are relative to. */
    Path directory() {
        return file.toAbsolutePath().resolveSibling("").normalize();
    }
}
