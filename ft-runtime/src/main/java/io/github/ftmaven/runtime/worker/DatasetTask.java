package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.dataset.BaseModel;
import io.github.ftmaven.runtime.dataset.DatasetStage;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.report.DatasetReportFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** {@code ft:dataset}: reads, checks, splits and measures the examples. */
final class DatasetTask implements Task {
    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Job job = request.job();
        DatasetStage.Result result = DatasetStage.run(
                job.spec(),
                job.specDirectory(),
                new ProjectPaths(Path.of(""), job.inputs().data()),
                new BaseModel(
                        job.base().path(),
                        job.base().architecture().rope().maxPositions(),
                        job.base().architecture().dimensions().vocabSize(),
                        job.base().endTokens()),
                job.output(),
                request.required().encoding(),
                events::info,
                new DatasetEvents(events));
        DatasetReportFiles.write(job.output().resolve("dataset"), result.profile());
        FingerprintFiles.write(job, result.profile());
        return Map.of(
                "train", result.report().train().rows(),
                "validation", result.report().validation().rows(),
                "test", result.report().test().rows());
    }
}
