package io.github.ftmaven.runtime.worker;

import java.util.Map;

/**
 * The entry of a process that trains for a build on another machine: {@code RequestMain <request.json>}, in the
 * request's directory, to which all paths in it are relative.
 */
public final class RequestMain {
    private RequestMain() {}

    /** Runs the request named by the only argument. */
    public static void main(String[] arguments) {
        new Worker(Map.of("train", new DeliveringTask())).runAndExit(arguments);
    }
}
