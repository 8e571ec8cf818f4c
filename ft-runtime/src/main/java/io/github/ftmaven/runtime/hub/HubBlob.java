package io.github.ftmaven.runtime.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The content of a file as a hub names it.
 *
 * @param digest of a large file the SHA-256, of any other the SHA-1 that Git gives it; lower-case hexadecimal
 * @param size in bytes
 * @param commit the commit that was asked
 */
record HubBlob(String digest, long size, String commit) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Whether a file is this content. */
    boolean is(Path file) throws IOException {
        if (Files.size(file) != size) {
            return false;
        }
        MessageDigest hash = hash();
        if (digest.length() == 40) {
            hash.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // The digest sees what is read.
            }
        }
        return HexFormat.of().formatHex(hash.digest()).equals(digest);
    }

    private MessageDigest hash() {
        try {
            return MessageDigest.getInstance(digest.length() == 40 ? "SHA-1" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1 and SHA-256", e);
        }
    }
}
