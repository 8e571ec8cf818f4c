package io.github.ftmaven.plugin.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A process and all that it started. */
final class ProcessTree {
    /** As long as a worker takes to save its state. */
    private static final long MILLIS_TO_SAVE = 20_000;

    private static final long POLL_MILLIS = 50;

    private ProcessTree() {}

    /** Asks all of them to end, and ends those that do not. */
    static void stop(ProcessHandle root) {
        List<ProcessHandle> all = new ArrayList<>(root.descendants()
                .sorted(Comparator.comparingLong(ProcessHandle::pid).reversed())
                .toList());
        all.add(root);
        all.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + MILLIS_TO_SAVE * 1_000_000;
        try {
            while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
