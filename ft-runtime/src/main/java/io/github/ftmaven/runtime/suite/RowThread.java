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
 * Where rows are rendered and judged: a thread whose stack has one size, so that no verdict depends on who runs the suite.
 * Whatever goes wrong there is an error of the row.
 */
final class RowThread implements AutoCloseable {
    private static final long STACK = 16L << 20;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(null, task, "suite-row", STACK);
        own.setDaemon(true);
        return own;
    });

    /**
     * Does something of one row.
     *
     * @throws CheckException if it cannot be done, for whatever reason
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
            return new CheckException("something in this row is nested too deeply to be judged");
        }
        if (cause instanceof OutOfMemoryError) {
            return new CheckException("this row takes more memory to be judged than there is");
        }
        return new CheckException("this row cannot be judged: " + cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
