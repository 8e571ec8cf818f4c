package io.github.ftmaven.runtime.http;

/** Counts the requests that a server is paid for, repeated ones included. */
public interface HttpMeter {
    /** For servers that cost nothing. */
    HttpMeter FREE = new HttpMeter() {
        @Override
        public boolean admits() {
            return true;
        }

        @Override
        public void turnedAway() {}
    };

    /** Counts a request that is about to be sent; false if it may not be. */
    boolean admits();

    /** Takes the last request back: the server was not reached, or did not do the work. */
    void turnedAway();
}
