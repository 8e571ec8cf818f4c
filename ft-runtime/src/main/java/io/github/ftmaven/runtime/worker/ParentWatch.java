package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Listens to the parent on the standard input, and ends this process when the parent is gone. */
final class ParentWatch implements Runnable {
    /** The exit code of a process that SIGHUP ended, because its terminal, here its parent, is gone. */
    private static final int PARENT_GONE = 129;

    private final Runnable stop;

    ParentWatch(Runnable stop) {
        this.stop = stop;
    }

    @Override
    @SuppressForbidden("standard error is the log")
    public void run() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(Worker.STOP)) {
                    stop.run();
                }
            }
        } catch (IOException e) {
            System.err.println("The pipe from the parent broke: " + e.getMessage());
        }
        // halt, not exit: shutdown hooks would wait for the task.
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
