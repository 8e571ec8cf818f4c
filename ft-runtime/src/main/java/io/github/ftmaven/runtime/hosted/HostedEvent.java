package io.github.ftmaven.runtime.hosted;

/**
 * Something that happened to a job.
 *
 * @param id distinguishes it from the other events of its job
 * @param level in lower case: {@code info}, {@code warn}, {@code error}
 * @param message what happened; empty for a measurement
 */
record HostedEvent(String id, String level, String message) {
    boolean isWarning() {
        return level.startsWith("warn") || level.startsWith("error");
    }
}
