package io.github.ftmaven.plugin.cache;

import io.github.ftmaven.plugin.stamp.Stamp;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs the results in the cache. Someone who can write to the cache but does not know the secret cannot
 * create or change a result that builds accept. Digests beside a result only detect damage by a disk or a network.
 */
public final class CacheKey {
    /**
     * The environment variable that holds the key. A parameter would be visible in the process list and in effective
     * poms.
     */
    public static final String VARIABLE = "FT_CACHE_KEY";

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private CacheKey(byte[] secret) {
        this.secret = secret;
    }

    /** The key in an environment; null if there is none. */
    public static @Nullable CacheKey of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(secret -> !secret.isBlank())
                .map(secret -> new CacheKey(secret.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    /** The signature of a result. */
    String sign(Stamp stamp, Instant made, SortedMap<String, String> files) {
        StringBuilder text = new StringBuilder("ft-cache 1\n")
                .append(stamp.key())
                .append('\n')
                .append(made);
        // Lengths make the text unambiguous.
        files.forEach((name, digest) -> text.append('\n')
                .append(name.length())
                .append(' ')
                .append(name)
                .append(' ')
                .append(digest));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** Whether a result has a valid signature. */
    boolean isOf(KeptResult kept) {
        String signature = kept.signature();
        return signature != null
                && MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.UTF_8),
                        sign(kept.stamp(), kept.made(), kept.files()).getBytes(StandardCharsets.UTF_8));
    }
}
