package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.evaluation.Evaluation;
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

/** {@code ft:evaluate}: measures the packaged adapter and writes {@code evaluation/scores.json}. */
final class EvaluateTask implements Task {
    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Job job = request.job();
        Path jar = Path.of(Objects.requireNonNull(request.required().artifact(), "artifact"));
        Path directory = job.output().resolve("evaluation");
        ReleasedModel released = request.required().released();
        Scores scores;
        if (job.spec().keeper().isPresent()) {
            String secret = Objects.requireNonNullElse(System.getenv(HostedSettings.VARIABLE), "");
            scores = ServedEvaluation.measure(job, secret, jar, released, directory, events);
        } else {
            Torch torch =
                    Torch.load(request.setting().device(), request.setting().threads());
            scores = Evaluation.measure(job, torch, jar, released, directory, events);
        }
        ScoresJson.write(directory.resolve("scores.json"), scores);
        Map<String, Object> fields = new LinkedHashMap<>();
        scores.providers().forEach(provider -> fields.put(provider, scores.metrics(provider)));
        return fields;
    }
}
