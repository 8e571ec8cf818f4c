package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.ProjectPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The packaged adapter.
 *
 * @param path relative to the project directory, with forward slashes; absolute only on another drive
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal
 */
public record ArtifactFile(String path, long size, String sha256) {
    /** Measures the file. */
    public static ArtifactFile of(Path project, Path file) throws IOException {
        return new ArtifactFile(new ProjectPaths(project).show(file), Files.size(file), Digests.sha256(file));
    }
}
