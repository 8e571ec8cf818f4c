package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.training.RemoteGradients;
import io.github.ftmaven.runtime.training.Replicas;

/** Other processes, perhaps of other machines, that compute the gradients of a training, or train its replicas. */
@FunctionalInterface
public interface GradientCluster {
    /** The processes when they are ready. What a job asks of them follows from its spec. */
    interface Workers extends RemoteGradients.Workers, Replicas {}

    /**
     * Makes them ready. Each opens the job.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if they cannot start
     */
    Workers open(ClusterJob job, Events events);
}
