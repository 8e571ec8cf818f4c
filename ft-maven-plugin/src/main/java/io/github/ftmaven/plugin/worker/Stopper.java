package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.worker.Worker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Stops a worker. Asks it first, so that it can save its state. */
final class Stopper {
    private static final long SECONDS_TO_SAVE = 15;
    private static final long SECONDS_TO_TERMINATE = 5;

    private final Process process;

    Stopper(Process process) {
        this.process = process;
    }

    /** Returns when the process is gone. */
    void stop() {
        try {
            ask();
            if (process.waitFor(SECONDS_TO_SAVE, TimeUnit.SECONDS)) {
                return;
            }
            process.destroy();
            if (process.waitFor(SECONDS_TO_TERMINATE, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private void ask() {
        try {
            OutputStream in = process.getOutputStream();
            in.write((Worker.STOP + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            // The worker has already ended.
        }
    }
}
