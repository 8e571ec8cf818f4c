package io.github.ftmaven.runtime.hub;

import io.github.ftmaven.runtime.error.FileProblem;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Retries temporary failures: at most five times in a row without progress, with growing pauses. */
final class Retries {
    private static final int ATTEMPTS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Sleeper sleeper;
    private final HubListener listener;
    private final String hint;

    /**
     * Prepares the retries.
     *
     * @param hint advice in case every attempt fails; empty, or begins with a blank
     */
    Retries(Sleeper sleeper, HubListener listener, String hint) {
        this.sleeper = sleeper;
        this.listener = listener;
        this.hint = hint;
    }

    /** Pauses the thread. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** One attempt. */
    interface Attempt<T> {
        T run() throws IOException;
    }

    /** Measures the progress of the attempts. */
    interface Measure {
        long value() throws IOException;
    }

    /** The server asks the client to retry later. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable Duration retryAfter;

        BusyException(String message, @Nullable Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }
    }

    /**
     * Repeats an attempt until it succeeds.
     *
     * @param what a name for the work, for messages
     * @throws HubException if no attempt succeeds, or the server asks for a pause of more than five minutes
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
                    throw new HubException(what + " cannot be stored: " + FileProblem.of(e) + ".", e);
                }
                failures = progress.value() > reached ? 1 : failures + 1;
                reached = progress.value();
                if (failures == ATTEMPTS) {
                    throw new HubException(
                            what + " cannot be downloaded after " + ATTEMPTS + " attempts: " + reason(e) + "."
                                    + (e instanceof BusyException ? "" : hint),
                            e);
                }
                pause(what, reason(e), wait(what, e, failures));
            }
        }
    }

    private static Duration wait(String what, IOException e, int failures) throws HubException {
        if (e instanceof BusyException busy && busy.retryAfter != null) {
            if (busy.retryAfter.compareTo(LONGEST_WAIT) > 0) {
                throw new HubException(
                        what + ": " + busy.getMessage() + ", try again in " + busy.retryAfter.toMinutes()
                                + " minutes. The partial download is kept.",
                        e);
            }
            return busy.retryAfter;
        }
        return Duration.ofSeconds(1L << (failures - 1));
    }

    private void pause(String what, String reason, Duration wait) throws HubException {
        listener.retrying(what + ": " + reason + "; retrying in " + wait.toSeconds() + " s.");
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
