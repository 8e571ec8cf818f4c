package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.training.RemoteGradients;

/** Other processes, perhaps of other machines, that compute the gradients of a training. */
@FunctionalInterface
public interface GradientCluster {
    /**
     * Makes them ready. Each opens the job.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if they cannot start
     */
    RemoteGradients.Workers open(ClusterJob job, Events events);
}
