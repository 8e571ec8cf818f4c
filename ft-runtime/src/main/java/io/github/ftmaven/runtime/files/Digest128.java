package io.github.ftmaven.runtime.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The first half of a SHA-256. It stands for a text where many texts are compared and memory for them is short: two of a
 * thousand million texts have the same one with a probability of one in 10^21.
 */
public record Digest128(long high, long low) {
    /** The digest of a text. */
    public static Digest128 of(String text) {
        MessageDigest digest = Digests.of("SHA-256");
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return of(digest);
    }

    /** The digest of what was added so far; completes it. */
    public static Digest128 of(MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Digest128(bytes.getLong(), bytes.getLong());
    }

    @Override
    public int hashCode() {
        return (int) high;
    }
}
