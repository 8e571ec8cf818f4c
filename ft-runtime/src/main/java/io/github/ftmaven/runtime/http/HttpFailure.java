package io.github.ftmaven.runtime.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request without a usable response. The message names the server, never a header. */
public final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** What became of the request. */
    public enum Kind {
        /** The server answered with a status that will not change. */
        REFUSED,
        /** The server is busy or out of order. */
        BUSY,
        /** The server was not reached. */
        UNREACHABLE,
        /** The request was sent, but no whole response came back, so the server may have done the work. */
        LOST,
        /** The caller's meter did not allow another request. */
        NOT_ALLOWED,
        /** The thread was told to stop. */
        INTERRUPTED
    }

    /** Statuses of a server that may do the same work later. */
    private static final Set<Integer> BUSY = Set.of(408, 409, 429);

    /** The code beside a 429 of OpenAI's protocol that no pause helps against. */
    private static final String NO_CREDIT = "insufficient_quota";

    private final Kind kind;
    private final int status;
    private final String body;
    private final String note;
    private final transient @Nullable Duration retryAfter;

    HttpFailure(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, 0, "", "", null, message, cause);
    }

    private HttpFailure(
            Kind kind,
            int status,
            String body,
            String note,
            @Nullable Duration retryAfter,
            String message,
            @Nullable Throwable cause) {
        super(message + note, cause);
        this.kind = kind;
        this.status = status;
        this.body = body;
        this.note = note;
        this.retryAfter = retryAfter;
    }

    /** The failure of a response that is not a success. */
    static HttpFailure ofStatus(int status, String body, @Nullable Duration retryAfter, String message) {
        boolean busy = status / 100 == 5 || (BUSY.contains(status) && !body.contains(NO_CREDIT));
        Kind kind = status == 504 ? Kind.LOST : busy ? Kind.BUSY : Kind.REFUSED;
        return new HttpFailure(kind, status, body, "", retryAfter, message, null);
    }

    /** The same failure with more to say. */
    HttpFailure with(String more) {
        return new HttpFailure(kind, status, body, more, retryAfter, String.valueOf(getMessage()), this);
    }

    /** What became of the request. */
    public Kind kind() {
        return kind;
    }

    /** The status of the response; 0 if there was none. */
    public int status() {
        return status;
    }

    /** The response's text; empty if there was none. */
    public String body() {
        return body;
    }

    /** How often it was tried, or why not again; empty, or begins with a blank or a comma. */
    public String note() {
        return note;
    }

    /** The pause that the server asks for; null if it does not. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same request may succeed later. */
    public boolean isTemporary() {
        return kind == Kind.BUSY || kind == Kind.UNREACHABLE || kind == Kind.LOST;
    }
}
