package io.github.ftmaven.spark.bridge;

/** The engine's side of the process that leads. */
public interface Leader {
    /** Runs the request in a file, and ends the process as a worker of a build does. */
    void runAndExit(String requestFile, Cluster cluster);
}
