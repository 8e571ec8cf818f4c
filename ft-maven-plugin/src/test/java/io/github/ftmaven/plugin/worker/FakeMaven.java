package io.github.ftmaven.plugin.worker;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** A process that runs an endless worker, as Maven does. */
final class FakeMaven {
    private FakeMaven() {}

    public static void main(String[] arguments) throws Exception {
        Launches launches = new Launches(Path.of(arguments[0]));
        new ForkedWorker(launches.with(Duration.ZERO), Console.plain(new SystemStreamLog()))
                .run(launches.request("endless", ""));
    }
}
