package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.io.IOException;

/**
 * What a process needs to know for computing gradients, or training replicas, of a training that another one leads.
 *
 * @param recompute whether layers are recomputed, as the leader planned
 * @param layersOnHost whether frozen layers stay in host memory
 */
@JsonTypeName("gradients")
record GradientJob(ClusterBase base, boolean recompute, boolean layersOnHost) implements ClusterJob {
    @Override
    public GradientJob onGpu(String number) {
        return new GradientJob(base.onGpu(number), recompute, layersOnHost);
    }

    @Override
    public GradientServer open() throws IOException {
        return GradientServer.open(this);
    }
}
