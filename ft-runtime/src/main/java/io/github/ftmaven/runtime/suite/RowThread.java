package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.LimitException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Renders and grades rows on a thread with a fixed stack size, so that no verdict depends on the caller. Any problem
 * there is an error of the row.
 */
final class RowThread implements AutoCloseable {
    private static final long STACK = 16L << 20;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(null, task, "suite-row", STACK);
        own.setDaemon(true);
        return own;
    });

    /**
     * Runs a step of a row.
     *
     * @throws CheckException if the step fails, for whatever reason
     */
    <T> T call(Callable<T> step) throws CheckException, InterruptedException {
        try {
            return thread.submit(step).get();
        } catch (ExecutionException e) {
            throw problem(e.getCause());
        }
    }

    private static CheckException problem(@Nullable Throwable cause) {
        if (cause instanceof CheckException own) {
            return own;
        }
        if (cause instanceof LimitException || cause instanceof InvalidInputException) {
            return new CheckException(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof StackOverflowError) {
            return new CheckException("something in this row is nested too deeply to grade");
        }
        if (cause instanceof OutOfMemoryError) {
            return new CheckException("grading this row takes more memory than is available");
        }
        return new CheckException("this row cannot be graded: " + cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
