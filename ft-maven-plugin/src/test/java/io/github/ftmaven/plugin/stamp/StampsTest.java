package io.github.ftmaven.plugin.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampsTest {
    private static final Stamp STAMP = new Stamp(new TreeMap<>(Map.of("training.epochs", "3.0")));

    @TempDir
    Path project;

    private Stage stage;
    private Stamps stamps;

    @BeforeEach
    void prepare() throws Exception {
        stage = Stage.train(project.resolve("ft"));
        stamps = new Stamps(project, new DigestCache(project.resolve("ft/digests.json")));
        Files.createDirectories(project.resolve("ft/train/adapter"));
        Files.writeString(project.resolve("ft/train/adapter/adapter_config.json"), "{}");
        Files.writeString(project.resolve("ft/train/training.json"), "{}");
    }

    @Test
    void runsForTheFirstTimeWithoutAReason() throws Exception {
        assertThat(stamps.decide(stage, STAMP)).isEqualTo(new Stamps.Decision(true, Optional.empty()));
    }

    @Test
    void doesNotRunWhenNothingChanged() throws Exception {
        stamps.record(stage, STAMP);

        assertThat(stamps.decide(stage, STAMP)).isEqualTo(new Stamps.Decision(false, Optional.empty()));
        assertThat(Stamps.read(stage, "")).isEqualTo(STAMP);
    }

    @Test
    void namesTheSettingThatChanged() throws Exception {
        stamps.record(stage, STAMP);

        assertThat(reason(Map.of("training.epochs", "5.0"))).isEqualTo("Training: training.epochs 3.0 -> 5.0 changed.");
    }

    @Test
    void namesSettingsBeforeFilesAndNotTooMany() throws Exception {
        stamps.record(stage, STAMP);

        assertThat(reason(Map.of("file a", "0", "file b", "0", "file c", "0", "file d", "0", "training.epochs", "5.0")))
                .isEqualTo("Training: training.epochs 3.0 -> 5.0, a (new), b (new) and 2 more changed.");
    }

    @Test
    void runsWhenAnOutputIsNotWhatItWas() throws Exception {
        stamps.record(stage, STAMP);
        Path config = project.resolve("ft/train/adapter/adapter_config.json");

        Files.writeString(config, "{ }");
        assertThat(reason(STAMP.fields()))
                .isEqualTo("Training: ft/train/adapter/adapter_config.json was modified since, so it starts over.");
        Files.delete(config);
        assertThat(reason(STAMP.fields()))
                .isEqualTo("Training: ft/train/adapter/adapter_config.json has disappeared since, so it starts over.");
        Files.writeString(config, "{}");
        Files.writeString(project.resolve("ft/train/adapter/x"), "");
        assertThat(reason(STAMP.fields()))
                .isEqualTo("Training: ft/train/adapter/x was added since, so it starts over.");
    }

    @Test
    void startsOverWhenTheStampIsDamaged() throws Exception {
        stamps.record(stage, STAMP);
        byte[] whole = Files.readAllBytes(stage.stampFile());
        Files.write(stage.stampFile(), Arrays.copyOf(whole, whole.length / 2));

        assertThat(reason(STAMP.fields()))
                .isEqualTo("Training: ft/train/stamp.json cannot be read, so it starts over.");
    }

    @Test
    void startsOverWhenTheStampIsOfAnotherFormat() throws Exception {
        Files.writeString(stage.stampFile(), "{\"formatVersion\": 99}");

        assertThat(reason(STAMP.fields())).contains("by another version of the plugin");
    }

    private String reason(Map<String, String> now) throws Exception {
        Stamps.Decision decision = stamps.decide(stage, new Stamp(new TreeMap<>(now)));
        assertThat(decision.run()).isTrue();
        return decision.reason().orElseThrow();
    }
}
