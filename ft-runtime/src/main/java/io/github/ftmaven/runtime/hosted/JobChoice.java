package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses among the jobs that a service lists. */
final class JobChoice {
    private JobChoice() {}

    /** A finished job, else a running one. One that failed or was cancelled is of no use. */
    static Optional<HostedJob> best(List<HostedJob> jobs) {
        return jobs.stream()
                .filter(HostedJob::isOfUse)
                .max(Comparator.comparing(job -> job.state() == HostedJob.State.SUCCEEDED));
    }

    /** The id in a response, which must have one. */
    static String id(ServiceCalls calls, JsonNode response, String what) throws HostedException {
        String id = response.path("id").asText("");
        if (id.isEmpty()) {
            throw HostedException.unreadable(calls.name() + " answered without the id of " + what + ": "
                    + calls.shown(response.toString()) + ".");
        }
        return id;
    }
}
