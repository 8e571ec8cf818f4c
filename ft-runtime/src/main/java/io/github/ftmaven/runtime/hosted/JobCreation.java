package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.journal.Events;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates the only job of a key. A service may have created it although its answer got lost, so before every further
 * attempt it is looked for.
 */
final class JobCreation {
    private final FineTuningService service;
    private final Pace pace;
    private final Events events;

    JobCreation(FineTuningService service, Pace pace, Events events) {
        this.service = service;
        this.pace = pace;
        this.events = events;
    }

    HostedJob create(ObjectNode body, JobKey key) throws HostedException {
        for (int attempt = 1; ; attempt++) {
            try {
                HostedJob job = service.create(body);
                events.info("Created the job " + job.id() + " at " + service.name() + ".");
                return job;
            } catch (HostedException e) {
                if (!e.isUnclear() && !e.isTemporary()) {
                    throw e;
                }
                pause(e.retryAfter(), attempt, e);
                Optional<HostedJob> made = service.find(key);
                if (made.isPresent()) {
                    events.info("Created the job " + made.get().id() + " at " + service.name()
                            + ", whose answer got lost.");
                    return made.get();
                }
                if (attempt == pace.patience().attempts() || !e.isTemporary()) {
                    throw e;
                }
            }
        }
    }

    private void pause(@Nullable Duration asked, int attempt, HostedException failure) throws HostedException {
        if (asked != null && asked.compareTo(pace.patience().longestPause()) > 0) {
            throw failure;
        }
        Duration own = pace.patience().pause().multipliedBy(1L << (attempt - 1));
        try {
            Thread.sleep((asked != null && asked.compareTo(own) > 0 ? asked : own).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
