package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.delivery.Delivery;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.launcher.WorkerJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Trains, and leaves the result beside the output directory for the build that asked for it. */
final class DeliveringTask implements Task {
    private final TrainTask training = new TrainTask();

    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Map<String, Object> fields = training.run(request, events);
        Path output = Path.of(request.setting().output());
        new Delivery(output.resolveSibling(WorkerJar.RESULT), WorkerJar.RESULT)
                .leave(
                        output.resolve("train"),
                        request.required().key(),
                        request.setting().device());
        return fields;
    }
}
