package io.github.ftmaven.plugin.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes one snapshot of the plugin another program than the next. */
class ProgramTest {
    private static final String GOAL = Program.PLUGIN + "mojo/TrainMojo.class";
    private static final String TRAINER = Program.RUNTIME + "training/Trainer.class";

    @TempDir
    Path directory;

    @Test
    void aChangedGoalIsNoOtherRuntime() throws Exception {
        Path before = jar("before.jar", Map.of(GOAL, "a", TRAINER, "a", "org/other/Other.class", "a"));
        Path after = jar("after.jar", Map.of(GOAL, "b", TRAINER, "a", "org/other/Other.class", "b"));

        assertThat(Program.digest(after, Program.RUNTIME)).isEqualTo(Program.digest(before, Program.RUNTIME));
        assertThat(Program.digest(after, Program.PLUGIN)).isNotEqualTo(Program.digest(before, Program.PLUGIN));
    }

    @Test
    void anotherClassOfTheRuntimeIsAnotherRuntime() throws Exception {
        Path before = jar("before.jar", Map.of(TRAINER, "a"));
        Path changed = jar("changed.jar", Map.of(TRAINER, "b"));
        Path renamed = jar("renamed.jar", Map.of(TRAINER.replace("Trainer", "Teacher"), "a"));

        assertThat(Program.digest(changed, Program.RUNTIME))
                .isNotEqualTo(Program.digest(before, Program.RUNTIME))
                .isNotEqualTo(Program.digest(renamed, Program.RUNTIME));
    }

    private Path jar(String name, Map<String, String> entries) throws IOException {
        Path jar = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return jar;
    }
}
