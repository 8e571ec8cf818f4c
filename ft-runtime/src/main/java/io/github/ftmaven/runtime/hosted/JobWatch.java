package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Follows a job to its end, and passes on what happens to it. */
final class JobWatch {
    private static final long TICK_MS = 100;
    private static final String GOES_ON = " goes on there, and is paid for. The next build joins it.";

    private final FineTuningService service;
    private final Events events;
    private final Pace pace;
    private final boolean cancelOnStop;
    private final Set<String> seen = new HashSet<>();
    private String lastWarning = "";
    private String lastStatus = "";

    JobWatch(FineTuningService service, Events events, Pace pace, boolean cancelOnStop) {
        this.service = service;
        this.events = events;
        this.pace = pace;
        this.cancelOnStop = cancelOnStop;
    }

    /**
     * Waits until the job succeeded.
     *
     * @throws HostedException if it failed or was cancelled; the message holds its id and its own words
     * @throws StoppedException if the build stops
     */
    HostedJob follow(HostedJob started) throws HostedException {
        return succeeded(end(started));
    }

    /** Waits until the job is over, whatever came of it. */
    private HostedJob end(HostedJob started) throws HostedException {
        HostedJob job = started;
        Duration pause = pace.firstPoll();
        try {
            while (true) {
                report(job);
                if (job.state() != HostedJob.State.UNFINISHED) {
                    return job;
                }
                pause(job, pause);
                pause = pause.multipliedBy(2).compareTo(pace.longestPoll()) > 0
                        ? pace.longestPoll()
                        : pause.multipliedBy(2);
                job = service.job(job.id());
            }
        } catch (HostedException e) {
            throw e.and(what(job) + GOES_ON);
        }
    }

    private HostedJob succeeded(HostedJob job) throws HostedException {
        if (job.state() == HostedJob.State.SUCCEEDED) {
            return job;
        }
        String words = job.message().isEmpty() ? lastWarning : job.message();
        boolean failed = job.state() == HostedJob.State.FAILED;
        throw new HostedException(what(job)
                + (failed ? " failed (" + job.status() + ")" : " was cancelled there")
                + (words.isEmpty() ? "" : ": " + words.replaceFirst("\\.$", ""))
                + ". The next build creates another.");
    }

    private void report(HostedJob job) throws HostedException {
        if (!job.status().equals(lastStatus)) {
            lastStatus = job.status();
            events.info("Job " + job.id() + ": " + job.status() + ".");
        }
        List<HostedEvent> all = service.events(job.id());
        for (HostedEvent event : all) {
            if (seen.add(event.id()) && !event.message().isEmpty()) {
                if (event.isWarning()) {
                    lastWarning = event.message();
                    events.warn("Job " + job.id() + ": " + event.message());
                } else {
                    events.info("Job " + job.id() + ": " + event.message());
                }
            }
        }
        if (job.steps() > 0) {
            events.progress(new Event.Progress(
                    "Training", Math.min(job.step(), job.steps()), job.steps(), null, null, job.secondsLeft()));
        }
    }

    private void pause(HostedJob job, Duration pause) throws HostedException {
        for (long waited = 0; ; waited += TICK_MS) {
            if (events.stopRequested()) {
                throw stopped(job);
            }
            if (waited >= pause.toMillis()) {
                return;
            }
            try {
                Thread.sleep(Math.min(TICK_MS, pause.toMillis() - waited));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw stopped(job);
            }
        }
    }

    private StoppedException stopped(HostedJob job) throws HostedException {
        if (cancelOnStop) {
            service.cancel(job.id());
            return new StoppedException(what(job) + " was cancelled.");
        }
        return new StoppedException(what(job) + GOES_ON);
    }

    private String what(HostedJob job) {
        return "The job " + job.id() + " at " + service.name();
    }
}
