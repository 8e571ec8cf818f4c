package io.github.ftmaven.runtime.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.chat.TemplateSources;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedFilesTest {
    private static final String TEMPLATE = "{{ 'Q: ' }}\n";

    @TempDir
    Path directory;

    private Path base;
    private Path written;

    @BeforeEach
    void copyTheBase() throws IOException {
        base = Files.createDirectory(directory.resolve("base"));
        written = Files.createDirectory(directory.resolve("written"));
        Path tiny = TestModels.resource("/models/tiny-llama");
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(tiny.resolve(name), base.resolve(name));
        }
    }

    @Test
    void stopsAtTheTrainedTokenAndThoseOfTheBase() throws IOException {
        Files.writeString(base.resolve("generation_config.json"), """
                {"_from_model_config": true, "bos_token_id": 0, "pad_token_id": 2, "eos_token_id": [1, 4],
                 "do_sample": true, "temperature": 0.7, "top_p": 0.8, "top_k": 20, "repetition_penalty": 1.05,
                 "min_new_tokens": 5, "suppress_tokens": [7], "max_length": 4096, "transformers_version": "4.43.1"}
                """);
        ServedFiles served = ServedFiles.of(open(), Optional.empty(), 4);
        assertThat(served.endTokens()).containsExactly(4, 1);
        served.write(written);
        assertThat(written.resolve("generation_config.json")).hasContent("""
                {
                  "eos_token_id": [
                    4,
                    1
                  ],
                  "bos_token_id": 0,
                  "pad_token_id": 2,
                  "max_length": 4096,
                  "transformers_version": "4.43.1"
                }""");
        assertThat(ServedFiles.read(written, "written")).isEqualTo(served);
    }

    @Test
    void hasAFileWhereTheBaseHasNone() throws IOException {
        ServedFiles.of(open(), Optional.empty(), 1).write(open(), written);
        assertThat(new ObjectMapper()
                        .readTree(written.resolve("generation_config.json").toFile()))
                .isEqualTo(
                        new ObjectMapper().readTree("{\"eos_token_id\": 1, \"bos_token_id\": 0, \"pad_token_id\": 2}"));
        assertThat(written.resolve("chat_template.jinja")).doesNotExist();
        assertThat(written.resolve("tokenizer_config.json"))
                .hasSameBinaryContentAs(base.resolve("tokenizer_config.json"));
        assertThat(ServedFiles.of(open(), Optional.empty(), 3).endTokens()).containsExactly(3, 1);
    }

    @Test
    void putsATemplateWhereverOneIsLookedFor() throws IOException {
        Files.writeString(base.resolve("chat_template.json"), "{\"chat_template\": \"old\"}");
        Files.writeString(
                base.resolve("tokenizer_config.json"),
                "{\"model_max_length\": 1000000000000000019884624838656, \"chat_template\":"
                        + " [{\"name\": \"default\", \"template\": \"old\"}, {\"name\": \"tool_use\", \"template\": \"old\"}]}");
        Files.createDirectory(base.resolve("additional_chat_templates"));
        Files.writeString(base.resolve("additional_chat_templates/tool_use.jinja"), "old");
        ServedFiles.of(open(), Optional.of(TEMPLATE), 1).write(open(), written);
        assertThat(Files.readString(written.resolve("chat_template.jinja"))).isEqualTo(TEMPLATE);
        assertThat(written.resolve("chat_template.json")).doesNotExist();
        assertThat(written.resolve("additional_chat_templates")).doesNotExist();
        assertThat(Files.readString(written.resolve("tokenizer_config.json")))
                .contains("\"model_max_length\": 1000000000000000019884624838656")
                .contains("\"chat_template\": \"{{ 'Q: ' }}\\n\"");
        assertThat(TemplateSources.of(written).templates()).isEqualTo(Map.of("default", TEMPLATE));
    }

    @Test
    void leavesTheBasesTemplatesAndTokenizerAsTheyAre() throws IOException {
        Files.writeString(base.resolve("chat_template.jinja"), TEMPLATE);
        Files.writeString(base.resolve("special_tokens_map.json"), "{\"eos_token\": \"</s>\"}");
        Files.writeString(base.resolve("added_tokens.json"), "{}");
        Files.createDirectory(base.resolve("additional_chat_templates"));
        Files.writeString(base.resolve("additional_chat_templates/tool_use.jinja"), "{{ tools }}");
        ServedFiles.of(open(), Optional.empty(), 1).write(open(), written);
        for (String name : List.of(
                "chat_template.jinja",
                "additional_chat_templates/tool_use.jinja",
                "special_tokens_map.json",
                "added_tokens.json")) {
            assertThat(written.resolve(name)).hasSameBinaryContentAs(base.resolve(name));
        }
        assertThat(TemplateSources.of(written).templates())
                .isEqualTo(Map.of("default", TEMPLATE, "tool_use", "{{ tools }}"));
    }

    @Test
    void refusesWhatNoTrainingLeft() throws IOException {
        assertThatThrownBy(() -> ServedFiles.read(written, "target/ft/train/adapter"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("target/ft/train/adapter/generation_config.json: missing or damaged. Run ft:train again.");
    }

    @ParameterizedTest
    @CsvSource({
        // trained, template, eos, eot
        "1, '', 1,",
        "4, '', 4, 1",
        "4, '{{ messages }}', 4, 1",
        // What the template writes for eos_token stays what it was.
        "4, '{{ messages }}{{ eos_token }}', 1, 4",
    })
    void tellsLlamaCppWhereToStop(int trained, String template, Integer eos, Integer eot) throws IOException {
        Optional<String> served = Optional.of(template).filter(text -> !text.isEmpty());
        Path file = directory.resolve("model.gguf");
        GgufModel.write(
                file,
                "name",
                new MergedWeights(open(), null),
                ServedFiles.of(open(), served, trained),
                GgufModel.Precision.F16);
        Map<String, Object> keys = new GgufReader(file).keys;
        assertThat(keys.get("tokenizer.ggml.eos_token_id")).isEqualTo(eos);
        assertThat(keys.get("tokenizer.ggml.eot_token_id")).isEqualTo(eot);
        assertThat(keys.get("tokenizer.chat_template")).isEqualTo(served.orElse(null));
    }

    @Test
    void givesLlamaCppTheBasesTemplatesByName() throws IOException {
        Files.writeString(base.resolve("chat_template.jinja"), TEMPLATE);
        Files.createDirectory(base.resolve("additional_chat_templates"));
        Files.writeString(base.resolve("additional_chat_templates/tool_use.jinja"), "{{ tools }}");
        Path file = directory.resolve("model.gguf");
        ServedFiles served = ServedFiles.of(open(), Optional.empty(), 1);
        GgufModel.write(file, "name", new MergedWeights(open(), null), served, GgufModel.Precision.F16);
        assertThat(new GgufReader(file).keys)
                .containsEntry("tokenizer.chat_template", TEMPLATE)
                .containsEntry("tokenizer.chat_templates", List.of("tool_use"))
                .containsEntry("tokenizer.chat_template.tool_use", "{{ tools }}");
    }

    private ModelDirectory open() {
        return ModelDirectory.open(base, "base");
    }
}
