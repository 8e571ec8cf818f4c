package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.error.FileProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Tries again what may succeed later: at most five times in a row without a step forward, waiting longer each time. */
final class Retries {
    private static final int ATTEMPTS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Sleeper sleeper;
    private final HubListener listener;
    private final String hint;

    /**
     * Prepares to try.
     *
     * @param hint what the user may do where nothing helps; empty, or begins with a blank
     */
    Retries(Sleeper sleeper, HubListener listener, String hint) {
        this.sleeper = sleeper;
        this.listener = listener;
        this.hint = hint;
    }

    /** Lets time pass. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** One attempt. */
    interface Attempt<T> {
        T run() throws IOException;
    }

    /** How far the attempts have come. */
    interface Measure {
        long value() throws IOException;
    }

    /** A server that asks to come again. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable Duration retryAfter;

        BusyException(String message, @Nullable Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }
    }

    /**
     * Runs attempts until one succeeds.
     *
     * @param what is being done, for messages
     * @throws HubException if it does not succeed, or the server asks for longer than five minutes
     */
    <T> T run(String what, Measure progress, Attempt<T> attempt) throws IOException {
        int failures = 0;
        long reached = progress.value();
        while (true) {
            try {
                return attempt.run();
            } catch (HubException e) {
                throw e;
            } catch (IOException e) {
                if (FileProblem.isOfThisMachine(e)) {
                    throw new HubException(what + " cannot be kept here: " + FileProblem.of(e) + ".", e);
                }
                failures = progress.value() > reached ? 1 : failures + 1;
                reached = progress.value();
                if (failures == ATTEMPTS) {
                    throw new HubException(
                            what + " cannot be fetched, tried " + ATTEMPTS + " times: " + reason(e) + "."
                                    + (e instanceof BusyException ? "" : hint),
                            e);
                }
                pause(what, reason(e), wait(what, e, failures));
            }
        }
    }

    /** Reads {@code Retry-After}: seconds, or a time. */
    static @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Duration wait(String what, IOException e, int failures) throws HubException {
        if (e instanceof BusyException busy && busy.retryAfter != null) {
            if (busy.retryAfter.compareTo(LONGEST_WAIT) > 0) {
                throw new HubException(
                        what + ": " + busy.getMessage() + ", come again in " + busy.retryAfter.toMinutes()
                                + " minutes. What has arrived is kept.",
                        e);
            }
            return busy.retryAfter;
        }
        return Duration.ofSeconds(1L << (failures - 1));
    }

    private void pause(String what, String reason, Duration wait) throws HubException {
        listener.retrying(what + ": " + reason + "; trying again in " + wait.toSeconds() + " s.");
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException("Interrupted while waiting for " + what + ".", e);
        }
    }

    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return e.getClass() == IOException.class || e instanceof BusyException
                ? String.valueOf(e.getMessage())
                : kind + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
