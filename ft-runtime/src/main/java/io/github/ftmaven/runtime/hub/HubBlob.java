package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * The content of a file, as a hub identifies it.
 *
 * @param digest the SHA-256 of a large file, or the SHA-1 that Git computes for any other; lower-case hexadecimal
 * @param size in bytes
 * @param commit the commit that the request resolved to
 */
record HubBlob(String digest, long size, String commit) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Whether a file has this content. */
    boolean is(Path file) throws IOException {
        if (Files.size(file) != size) {
            return false;
        }
        MessageDigest hash = Digests.of(digest.length() == 40 ? "SHA-1" : "SHA-256");
        if (digest.length() == 40) {
            hash.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        try (InputStream content = Files.newInputStream(file)) {
            return Digests.digest(hash, content).equals(digest);
        }
    }
}
