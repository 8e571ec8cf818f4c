package io.github.ftmaven.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherFormatsTest {
    private static final String MLX =
            "this is an adapter of mlx-lm, whose tensors and scale have a different layout. Fuse it into its base"
                    + " (mlx_lm.fuse) and name the result in base.model.";

    @TempDir
    Path directory;

    private void file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> PeftAdapter.check(directory, "out"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    @Test
    void anOutputDirectoryOfATrainer() throws IOException {
        for (String step : new String[] {"checkpoint-100", "checkpoint-20", "checkpoint-9"}) {
            file(step + "/adapter_config.json", "{}");
        }
        file("runs/events", "");
        file("README.md", "");
        assertRefused("out: is not an adapter itself, but contains directories of adapters: checkpoint-9,"
                + " checkpoint-20,"
                + " checkpoint-100. Name one of them, such as checkpoint-100.");
    }

    @Test
    void anAdapterOfMlx() throws IOException {
        file("adapters.safetensors", "");
        assertRefused("out: " + MLX);
        file(
                "adapter_config.json",
                "{\"fine_tune_type\": \"lora\", \"num_layers\": 16, \"lora_parameters\": {\"rank\": 8, \"scale\": 20.0}}");
        assertRefused("out/adapter_config.json: " + MLX);
    }

    @Test
    void aWholeModel() throws IOException {
        file("config.json", "{}");
        file("model.safetensors", "");
        assertRefused("out: is a whole model, not an adapter: it has config.json and no adapter_config.json. Name it in"
                + " base.model.");
    }

    @Test
    void aGgufAdapter() throws IOException {
        file("adapter-f16.gguf", "");
        assertRefused("out: GGUF adapters are not supported. Name the PEFT adapter that it was made from.");
    }

    @Test
    void pickledWeights() throws IOException {
        TestModels.copy(TestModels.tinyLlamaAdapter(), directory, PeftAdapter.WEIGHTS);
        assertRefused("out/adapter_model.safetensors: no such file.");
        file("adapter_model.bin", "");
        assertThatThrownBy(() -> PeftAdapter.check(directory, "out"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("out/adapter_model.bin: PyTorch's own format is not supported, because"
                        + " loading it can run code. Convert it once: python -c \"import torch;");
    }

    @Test
    void nothing() {
        assertRefused("out/adapter_config.json: no such file.");
    }

    @Test
    void oneFile() {
        assertFile("a.gguf", "x: GGUF adapters are not supported. Name the PEFT adapter that it was made from.");
        assertFile("adapter_model.safetensors", "x: is a single file of an adapter. Name its directory.");
        assertFile("adapter_config.json", "x: is a single file of an adapter. Name its directory.");
        assertFile("adapter_model.bin", "x: PyTorch's own format is not supported");
        assertThatCode(() -> OtherFormats.refuseFile(Path.of("a.jar"), "x")).doesNotThrowAnyException();
    }

    private static void assertFile(String name, String message) {
        assertThatThrownBy(() -> OtherFormats.refuseFile(Path.of("in", name), "x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }
}
