package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecTree;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The base of a job, and what it is loaded for. The base itself never travels: {@link SharedBase} finds it.
 *
 * @param spec the leader's, as a {@link SpecTree}
 * @param inputs where the inputs are, as absolute paths
 * @param digest the {@link SharedBase#digest} of the base
 * @param type what is computed in
 * @param place where a process computes
 */
record ClusterBase(JsonNode spec, Inputs inputs, String digest, DType type, Place place) {
    /**
     * Where a process computes.
     *
     * @param device {@code cpu} or {@code cuda}
     * @param threads of libtorch; as many as the leader's for the same bytes
     */
    record Place(String device, int threads) {
        static Place of(WorkRequest.Setting setting) {
            return new Place(setting.device(), setting.threads());
        }
    }

    static ClusterBase of(Job job, DType type, Place place) throws IOException {
        Inputs inputs = job.inputs();
        return new ClusterBase(
                SpecTree.of(job.spec()),
                new Inputs(
                        absolute(inputs.base()),
                        inputs.display(),
                        inputs.name(),
                        inputs.revision(),
                        inputs.startFrom() == null ? null : absolute(inputs.startFrom())),
                SharedBase.digest(job.base(), job.spec().base().initialize()),
                type,
                place);
    }

    private static String absolute(@Nullable String path) {
        return Path.of(String.valueOf(path)).toAbsolutePath().normalize().toString();
    }

    /** The same on another GPU; on a CPU nothing else. */
    ClusterBase onGpu(String number) {
        return place.device().equals("cuda")
                ? new ClusterBase(spec, inputs, digest, type, new Place("cuda:" + number, place.threads()))
                : this;
    }

    /** Loads libtorch as the place says. */
    Torch torch() {
        return Torch.load(place.device(), place.threads());
    }

    /**
     * The leader's job with the base of this machine.
     *
     * @param own a directory of this process
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if this machine cannot have it, or has another one
     */
    Job job(Path own) throws IOException {
        FineTuneSpec declared = SpecTree.read(spec);
        return new Job(declared, own, new SharedBase().find(inputs, digest, declared.base()), inputs, own);
    }
}
