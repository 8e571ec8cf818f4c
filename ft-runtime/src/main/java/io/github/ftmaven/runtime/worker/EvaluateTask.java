package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.evaluation.EvaluatedModels;
import io.github.ftmaven.runtime.evaluation.Evaluation;
import io.github.ftmaven.runtime.evaluation.LoadedModels;
import io.github.ftmaven.runtime.evaluation.ServedEvaluation;
import io.github.ftmaven.runtime.hosted.HostedSettings;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.ScoresJson;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code ft:evaluate}: measures the packaged adapter and writes {@code evaluation/scores.json}. */
public final class EvaluateTask implements Task {
    private final @Nullable EvaluationCluster cluster;

    /** Asks models of this process. */
    EvaluateTask() {
        this(null);
    }

    /** Asks models of others; null for this process. */
    private EvaluateTask(@Nullable EvaluationCluster cluster) {
        this.cluster = cluster;
    }

    /** An evaluation led by this process, whose models others hold. */
    public static Task on(EvaluationCluster cluster) {
        return new EvaluateTask(cluster);
    }

    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Job job = request.job();
        Path jar = Path.of(Objects.requireNonNull(request.required().artifact(), "artifact"));
        Path directory = job.output().resolve("evaluation");
        ReleasedModel released = request.required().released();
        Scores scores = job.spec().keeper().isPresent()
                ? ServedEvaluation.measure(
                        job,
                        Objects.requireNonNullElse(System.getenv(HostedSettings.VARIABLE), ""),
                        jar,
                        released,
                        directory,
                        events)
                : Evaluation.measure(job, host(request.setting()), jar, released, directory, events);
        ScoresJson.write(directory.resolve("scores.json"), scores);
        Map<String, Object> fields = new LinkedHashMap<>();
        scores.providers().forEach(provider -> fields.put(provider, scores.metrics(provider)));
        return fields;
    }

    private EvaluatedModels.Host host(WorkRequest.Setting setting) {
        return cluster == null
                ? LoadedModels.host(Torch.load(setting.device(), setting.threads()))
                : ClusterModels.host(cluster, ClusterBase.Place.of(setting));
    }
}
