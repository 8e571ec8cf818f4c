package io.github.ftmaven.runtime.http;

import io.github.ftmaven.runtime.error.InvalidInputException;

/**
 * The key of a server that is paid for. It is in no message and no file.
 *
 * @param secret empty for none
 * @param origin where it comes from, for messages
 */
public record ApiKey(String secret, String origin) {
    private static final String MASK = "[key]";

    /** For servers without a key. */
    public static final ApiKey NONE = new ApiKey("", "no key");

    /** Removes white space around the key, which files often have at their end. */
    public ApiKey {
        secret = secret.strip();
        if (!secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidInputException("The API key from " + origin
                    + " has characters that a key cannot have, such as white space. Set it anew.");
        }
    }

    /** Whether there is a key. */
    public boolean isPresent() {
        return !secret.isEmpty();
    }

    /** A text without the key. */
    public String hide(String text) {
        return isPresent() ? text.replace(secret, MASK) : text;
    }

    @Override
    public String toString() {
        return origin;
    }
}
