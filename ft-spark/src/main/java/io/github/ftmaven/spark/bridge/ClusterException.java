package io.github.ftmaven.spark.bridge;

/** The cluster cannot do its work, for a reason that the user can change. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates it.
     *
     * @param message what is wrong and what to do
     */
    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Without a cause. */
    public ClusterException(String message) {
        super(message);
    }
}
