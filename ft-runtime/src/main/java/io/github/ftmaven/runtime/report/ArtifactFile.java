package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.dataset.ProjectPaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        long size;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            size = in.transferTo(OutputStream.nullOutputStream());
        }
        return new ArtifactFile(
                new ProjectPaths(project).show(file), size, HexFormat.of().formatHex(digest.digest()));
    }
}
