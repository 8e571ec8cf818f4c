package io.github.ftmaven.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code adapter.startFrom} names is looked at before anything is computed. */
class StartFromTest {
    private static final String SPEC = "adapter: {startFrom: %s}\n";

    private final TestProject project;

    StartFromTest(@TempDir Path directory) throws IOException {
        project = new TestProject(directory);
    }

    @Test
    void takesAnAdapterOfPeft() throws IOException {
        project.write(
                "src/main/ft/begun/adapter_config.json", "{\"peft_type\":\"LORA\",\"target_modules\":[\"q_proj\"]}");
        project.write("src/main/ft/begun/adapter_model.safetensors", "weights");
        project.spec(String.format(Locale.ROOT, SPEC, "begun"));
        assertThat(project.fineTune().startFrom())
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("adapter_config.json", "adapter_model.safetensors");
    }

    @Test
    void saysWhatElseItIs() throws IOException {
        project.write("src/main/ft/out/checkpoint-10/adapter_config.json", "{}");
        assertRefused(
                "out",
                "adapter.startFrom: src/main/ft/out: is not an adapter itself, but contains directories of"
                        + " adapters: checkpoint-10."
                        + " Name one of them, such as checkpoint-10.");
        project.write("src/main/ft/prefix/adapter_config.json", "{\"peft_type\":\"PREFIX_TUNING\"}");
        assertRefused(
                "prefix",
                "adapter.startFrom: src/main/ft/prefix/adapter_config.json: peft_type is \"PREFIX_TUNING\", but the only"
                        + " supported value is LORA. Other kinds of adapters compute something else; train a LORA adapter.");
        project.write("src/main/ft/adapter.gguf", "GGUF");
        assertRefused(
                "adapter.gguf",
                "adapter.startFrom: src/main/ft/adapter.gguf: GGUF adapters are not supported. Name the PEFT"
                        + " adapter that it was made from.");
    }

    private void assertRefused(String path, String message) throws IOException {
        project.spec(String.format(Locale.ROOT, SPEC, path));
        FineTune fineTune = project.fineTune();
        assertThatThrownBy(fineTune::startFrom)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
