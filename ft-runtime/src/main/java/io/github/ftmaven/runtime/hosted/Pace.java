package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.http.HttpRequests.Patience;
import java.time.Duration;

/**
 * How often a service is asked, and for how long in vain.
 *
 * @param patience with one request
 * @param firstPoll the pause before a job is looked at again; each later pause is twice as long
 * @param longestPoll no pause is longer
 */
record Pace(Patience patience, Duration firstPoll, Duration longestPoll) {
    /** For services on the Internet. */
    static final Pace USUAL = new Pace(
            new Patience(Duration.ofMinutes(2), 6, Duration.ofSeconds(1), Duration.ofMinutes(5)),
            Duration.ofSeconds(1),
            Duration.ofSeconds(15));

    /** The same patience for a longer answer or fewer attempts. */
    Patience patience(Duration timeout, int attempts) {
        return new Patience(timeout, attempts, patience.pause(), patience.longestPause());
    }
}
