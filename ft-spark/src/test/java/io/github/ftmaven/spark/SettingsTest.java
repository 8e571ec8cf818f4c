package io.github.ftmaven.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatThePluginWrote() throws IOException {
        Path file = directory.resolve("spark.properties");
        Files.writeString(file, """
                master=local-cluster[2,1,512]
                workers=2
                cores=3
                timeout=60
                engine=a.jar
                conf.spark.executor.memory=512m
                """);
        assertThat(Settings.read(file))
                .isEqualTo(new Settings(
                        "local-cluster[2,1,512]", 2, 3, 60, "a.jar", Map.of("spark.executor.memory", "512m")));
        assertThat(Settings.read(file).isLocal()).isTrue();
    }

    @Test
    void theClusterMayBeThatOfSparkSubmit() throws IOException {
        Path file = Files.writeString(directory.resolve("spark.properties"), "engine=a.jar\n");
        assertThat(Settings.read(file)).isEqualTo(new Settings("", 0, 1, 120, "a.jar", Map.of()));
        assertThat(Settings.read(file).isLocal()).isFalse();
    }
}
