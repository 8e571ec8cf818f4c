package io.github.ftmaven.runtime.hub;

/** Hears how a download goes. */
public interface HubListener {
    /**
     * A part of a file has arrived: at its beginning, about every second, and at its end.
     *
     * @param file the name in its repository
     * @param bytes what is here, at most {@code size}
     * @param size the whole file's bytes
     */
    void arrived(String file, long bytes, long size);

    /** Something went wrong and is tried again. */
    void retrying(String message);
}
