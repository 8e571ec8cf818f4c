package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Launches of {@link FakeWorker} in a directory. */
record Launches(Path directory) {
    Launch with(Duration timeout, String... jvmArguments) {
        return new Launch(
                java(),
                FakeWorker.class.getName(),
                Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(System.getProperty("java.class.path"))
                        .map(Path::of)
                        .toList(),
                List.of(jvmArguments),
                new WorkerEnvironment("cpu", Map.of("DJL_CACHE_DIR", "the/cache"), null),
                directory,
                logs(),
                timeout);
    }

    WorkRequest request(String goal, String key) {
        return WorkRequest.of(
                goal,
                new WorkRequest.Setting(
                        directory.toString(), ForkedWorker.journal(logs(), goal).toString(), "cpu", 1),
                Map.of("key", key));
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private Path logs() {
        return directory.resolve("target/ft/logs");
    }
}
