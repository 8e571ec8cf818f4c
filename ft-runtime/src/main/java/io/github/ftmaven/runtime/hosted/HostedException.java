package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.http.HttpFailure;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service that cannot be used any further, or a job that failed there. The message is for the user, and holds no key. */
public final class HostedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean unclear;
    private final boolean temporary;
    private final transient @Nullable Duration retryAfter;

    /** An error that no repetition mends. */
    HostedException(String message) {
        this(message, 0, false, false, null);
    }

    private HostedException(
            String message, int status, boolean unclear, boolean temporary, @Nullable Duration retryAfter) {
        super(message); // without a cause: Maven prints causes, and theirs may quote the key
        this.status = status;
        this.unclear = unclear;
        this.temporary = temporary;
        this.retryAfter = retryAfter;
    }

    /** The error of a request without a usable response. */
    static HostedException of(HttpFailure failure, String message) {
        boolean unclear = failure.kind() == HttpFailure.Kind.LOST || failure.status() / 100 == 5;
        return new HostedException(message, failure.status(), unclear, failure.isTemporary(), failure.retryAfter());
    }

    /** The error of a response that is a success, but cannot be read. */
    static HostedException unreadable(String message) {
        return new HostedException(message, 200, true, false, null);
    }

    /** The same error with a sentence more. */
    HostedException and(String sentence) {
        return new HostedException(getMessage() + " " + sentence, status, unclear, temporary, retryAfter);
    }

    /** The status of the response; 0 if there was none. */
    int status() {
        return status;
    }

    /** Whether the service may have done what it was asked. */
    boolean isUnclear() {
        return unclear;
    }

    /** Whether the same request may succeed later. */
    boolean isTemporary() {
        return temporary;
    }

    /** The pause that the service asks for; null if it does not. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
