package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.dataset.BaseModel;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.DatasetStage;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import java.nio.file.Path;
import java.util.Map;

/** {@code ft:dataset}: reads, checks, splits and measures the examples. */
final class DatasetTask implements Task {
    @Override
    public Map<String, Object> run(WorkRequest request, Events events) {
        Job job = request.job();
        DatasetReport report = DatasetStage.run(
                job.spec(),
                job.specDirectory(),
                Path.of(""),
                new BaseModel(
                        job.base().path(),
                        job.base().architecture().rope().maxPositions(),
                        job.base().architecture().dimensions().vocabSize(),
                        job.base().endTokens()),
                job.output(),
                events::info);
        return Map.of(
                "train", report.train().rows(),
                "validation", report.validation().rows(),
                "test", report.test().rows());
    }
}
