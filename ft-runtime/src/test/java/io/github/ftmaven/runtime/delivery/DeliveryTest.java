package io.github.ftmaven.runtime.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    Path directory;

    private Path result;
    private Delivery delivery;

    @BeforeEach
    void leave() throws IOException {
        Path train = directory.resolve("train");
        Files.createDirectories(train.resolve("adapter"));
        Files.writeString(train.resolve("adapter/adapter_config.json"), "{}");
        Files.writeString(train.resolve("adapter/adapter_model.safetensors"), "weights");
        Files.writeString(train.resolve("training.json"), "{\"steps\":1}");
        Files.writeString(train.resolve("log.jsonl"), "");
        result = directory.resolve("result");
        delivery = new Delivery(result, "target/result");
        assertThat(delivery.isThere()).isFalse();
        delivery.leave(train, KEY, "cpu");
    }

    @Test
    void copiesWhatWasLeft() throws IOException {
        assertThat(delivery.isThere()).isTrue();
        Ran ran = delivery.copy(KEY, directory.resolve("copy"));
        assertThat(ran.device()).isEqualTo("cpu");
        assertThat(ran.platform()).contains(System.getProperty("os.arch").toLowerCase(Locale.ROOT));
        assertThat(directory.resolve("copy/adapter/adapter_model.safetensors")).hasContent("weights");
        assertThat(directory.resolve("copy/training.json")).hasContent("{\"steps\":1}");
        assertThat(directory.resolve("train/adapter")).doesNotExist();
    }

    @Test
    void refusesTheResultOfAnotherTraining() {
        refused(
                "fedcba",
                "target/result: is the result of another training: its key is 0123456789abcdef, but this build"
                        + " asked for fedcba.");
    }

    @Test
    void refusesAFileThatWasChanged() throws IOException {
        Files.writeString(result.resolve("adapter/adapter_model.safetensors"), "weighty");
        refused(
                KEY,
                "target/result: adapter/adapter_model.safetensors is not what its manifest.json says: it was cut off"
                        + " or changed.");
    }

    @Test
    void refusesAResultThatIsNotWhole() throws IOException {
        Files.delete(result.resolve("training.json"));
        refused(KEY, "target/result: lacks training.json, which its manifest.json names.");
    }

    @Test
    void followsNoLinkOutOfTheResult() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "{\"steps\":1}");
        Files.delete(result.resolve("training.json"));
        Files.createSymbolicLink(result.resolve("training.json"), secret);
        refused(KEY, "target/result: lacks training.json, which its manifest.json names.");
    }

    @Test
    void refusesNamesThatLeadOutOfTheDirectory() throws IOException {
        Path manifest = result.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"log.jsonl\"", "\"../../log.jsonl\""));
        refused(KEY, "target/result: names the file ../../log.jsonl, which no training leaves.");
    }

    @Test
    void refusesAManifestThatNamesNoTraining() throws IOException {
        Files.writeString(
                result.resolve("manifest.json"), "{\"formatVersion\": 1, \"key\": \"" + KEY + "\", \"files\": {}}");
        refused(KEY, "target/result: names no finished training.");
    }

    private void refused(String key, String message) {
        assertThatThrownBy(() -> delivery.copy(key, directory.resolve("copy")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
