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
 * The content of a file, as a hub, or a proxy before it, identifies it.
 *
 * @param known what verifies the content besides its size
 * @param digest lower-case hexadecimal; where none is known, that of the file's name
 * @param size in bytes
 * @param commit the commit that the request resolved to
 */
record HubBlob(Known known, String digest, long size, String commit) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** The digests that servers announce. */
    enum Known {
        /** The SHA-256 of the content. */
        SHA256,
        /** A SHA-1: the one that Git computes and hubs announce, or that of the content, which proxies announce. */
        SHA1,
        /** No digest: only the size verifies the content. */
        NONE
    }

    /** A content of which the digest is known. */
    HubBlob(String digest, long size, String commit) {
        this(digest.length() == 40 ? Known.SHA1 : Known.SHA256, digest, size, commit);
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** The name of a verified file in the cache: a digest that tells later whether the file is intact. */
    String nameOf(Path file) throws IOException {
        return known == Known.SHA256 || (known == Known.SHA1 && git(file).equals(digest))
                ? digest
                : Digests.sha256(file);
    }

    /** What {@link #is} compares with, for messages. */
    String proof() {
        return known == Known.NONE ? "size is not " + size : "digest is not " + digest;
    }

    /** Whether a file has this content, as far as that is known. */
    boolean is(Path file) throws IOException {
        if (Files.size(file) != size) {
            return false;
        }
        return switch (known) {
            case SHA256 -> Digests.sha256(file).equals(digest);
            case SHA1 ->
                git(file).equals(digest) || Digests.digest("SHA-1", file).equals(digest);
            case NONE -> true;
        };
    }

    private String git(Path file) throws IOException {
        MessageDigest hash = Digests.of("SHA-1");
        hash.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        try (InputStream content = Files.newInputStream(file)) {
            return Digests.digest(hash, content);
        }
    }
}
