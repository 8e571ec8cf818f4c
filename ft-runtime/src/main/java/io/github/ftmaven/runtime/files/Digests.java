package io.github.ftmaven.runtime.files;

import io.github.ftmaven.runtime.error.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Digests in lower-case hexadecimal. */
public final class Digests {
    private static final String SHA_256 = "SHA-256";

    private Digests() {}

    /** The SHA-256 of bytes. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(of(SHA_256).digest(bytes));
    }

    /** The SHA-256 of a text in UTF-8. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 of a file's content. */
    public static String sha256(Path file) throws IOException {
        return digest(SHA_256, file);
    }

    /** The SHA-256 of the rest of a stream, which the caller closes. */
    public static String sha256(InputStream content) throws IOException {
        return digest(of(SHA_256), content);
    }

    /**
     * The digest of files: one file's own SHA-256, or, for several, the SHA-256 of the lines that {@code sha256sum}
     * prints.
     *
     * @throws UncheckedIOException if a file cannot be read; the message names it
     */
    public static String sha256(List<Path> files) {
        if (files.size() == 1) {
            return readable(files.get(0));
        }
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            lines.append(readable(file)).append("  ").append(file.getFileName()).append('\n');
        }
        return sha256(lines.toString());
    }

    private static String readable(Path file) {
        try {
            return sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    /**
     * The digest of a file's content.
     *
     * @param algorithm one that every Java runtime has, such as {@code SHA-1}
     */
    public static String digest(String algorithm, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return digest(of(algorithm), content);
        }
    }

    /** Adds the rest of a stream, which the caller closes, to a digest and completes it. */
    public static String digest(MessageDigest digest, InputStream content) throws IOException {
        new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * A digest, ready for bytes.
     *
     * @param algorithm one that every Java runtime has, such as {@code SHA-1}
     */
    public static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }
}
