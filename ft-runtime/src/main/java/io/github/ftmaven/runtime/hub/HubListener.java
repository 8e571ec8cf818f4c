package io.github.ftmaven.runtime.hub;

/** Receives the progress of a download. */
public interface HubListener {
    /**
     * Called at the beginning of a download, about every second, and at its end.
     *
     * @param file the file's name in its repository
     * @param bytes the bytes downloaded so far, at most {@code size}
     * @param size the size of the whole file in bytes
     */
    void arrived(String file, long bytes, long size);

    /** Called when an attempt failed and will be repeated. */
    void retrying(String message);

    /** Called when a file was downloaded of which the server announced no digest. */
    void unverified(String message);
}
