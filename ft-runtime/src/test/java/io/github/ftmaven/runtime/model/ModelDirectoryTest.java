package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.SafetensorsWriter.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    Path temporary;

    @Test
    void opensAModelThatTransformersSaved() {
        ModelDirectory model = ModelDirectory.open(TestModels.tinyLlama(), "tiny");
        Weights weights = model.weights();
        assertThat(weights.tensors().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        WeightLayout.of(model.architecture()).names());
        assertThat(weights.bytes(TensorNames.NORM).asFloatBuffer().get(0)).isBetween(0.5f, 1.5f);
        assertThat(weights.file(TensorNames.NORM)).isEqualTo("tiny/model.safetensors");
        assertThat(model.tokenizer()).isRegularFile();
        assertThat(model.endTokens()).containsExactly(1);
    }

    @Test
    void filesAreThoseOfTheTokenizerAndEveryTemplate() throws IOException {
        Path directory = temporary.resolve("model");
        Path source = Files.createDirectories(directory.resolve("additional_chat_templates"));
        Files.copy(TestModels.tinyLlama().resolve("config.json"), source.resolveSibling("config.json"));
        for (String name : List.of("tokenizer.json", "added_tokens.json", "README.md")) {
            Files.writeString(source.resolveSibling(name), name);
        }
        for (String name : List.of("tool_use.jinja", "rag.jinja", "notes.txt")) {
            Files.writeString(source.resolve(name), name);
        }
        ModelDirectory model = ModelDirectory.open(directory, "model");

        assertThat(model.files())
                .containsExactly(
                        "config.json",
                        "tokenizer.json",
                        "added_tokens.json",
                        "additional_chat_templates/tool_use.jinja",
                        "additional_chat_templates/rag.jinja");
    }

    @Test
    void layoutIsInTheOrderOfComputation() {
        List<String> names = WeightLayout.of(TestModels.tinyArchitecture()).names();
        assertThat(names).hasSize(1 + 2 * 9 + 2);
        assertThat(names.subList(0, 10))
                .containsExactly(
                        "model.embed_tokens.weight",
                        "model.layers.0.input_layernorm.weight",
                        "model.layers.0.self_attn.q_proj.weight",
                        "model.layers.0.self_attn.k_proj.weight",
                        "model.layers.0.self_attn.v_proj.weight",
                        "model.layers.0.self_attn.o_proj.weight",
                        "model.layers.0.post_attention_layernorm.weight",
                        "model.layers.0.mlp.gate_proj.weight",
                        "model.layers.0.mlp.up_proj.weight",
                        "model.layers.0.mlp.down_proj.weight");
        assertThat(names.subList(19, 21)).containsExactly("model.norm.weight", "lm_head.weight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json"})
    void namesTheFileThatIsMissing(String name) throws IOException {
        Path model = TestModels.copy(TestModels.tinyLlama(), temporary.resolve("m"), name);
        assertThatThrownBy(() -> ModelDirectory.open(model, "base/tiny"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("base/tiny: has no " + name + ". A model is a directory with config.json, tokenizer.json"
                        + " and model.safetensors.");
        assertThatThrownBy(() -> ModelDirectory.open(temporary.resolve("none"), "base/none"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("base/none: no such directory.");
    }

    @Test
    void needsWeightsOnlyWhenTheyAreRead() throws IOException {
        Path path = TestModels.copy(TestModels.tinyLlama(), temporary.resolve("m"), WEIGHTS);
        ModelDirectory model = ModelDirectory.open(path, "m");
        assertThat(model.architecture()).isEqualTo(TestModels.tinyArchitecture());
        assertThatThrownBy(model::weights)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("m: has no model.safetensors and no model.safetensors.index.json.");
    }

    @Test
    void readsShardsAsOneFile() throws IOException {
        ModelDirectory whole = ModelDirectory.open(TestModels.tinyLlama(), "whole");
        ModelDirectory sharded = sharded(Map.of());
        Weights weights = sharded.weights();
        for (String name : whole.weights().tensors().keySet()) {
            assertThat(weights.bytes(name)).isEqualTo(whole.weights().bytes(name));
        }
        assertThat(weights.file(TensorNames.HEAD)).isEqualTo("m/2.safetensors");
        assertThat(weights.file(TensorNames.NORM)).isEqualTo("m/1.safetensors");
    }

    @Test
    void refusesShardsThatTheIndexDoesNotDescribe() throws IOException {
        assertRefused(
                sharded(Map.of(TensorNames.NORM, "2.safetensors")), "m/1.safetensors: holds tensor model.norm.weight,");
        assertRefused(sharded(Map.of("extra", "2.safetensors")), "m/2.safetensors: tensor extra is missing, though");
        assertRefused(sharded(Map.of("extra", "3.safetensors")), "m/3.safetensors: no such file, but m/" + INDEX);
        assertRefused(sharded(Map.of("extra", "../2.safetensors")), "m/" + INDEX + ": weight_map is ");
    }

    @Test
    void digestsTheWeightsAsSha256sumDoes() throws Exception {
        byte[] whole = Files.readAllBytes(TestModels.tinyLlama().resolve(WEIGHTS));
        assertThat(ModelDirectory.open(TestModels.tinyLlama(), "tiny").weightDigest())
                .isEqualTo(sha256(whole));
        ModelDirectory sharded = sharded(Map.of());
        StringBuilder lines = new StringBuilder();
        for (String name : List.of(INDEX, "1.safetensors", "2.safetensors")) {
            lines.append(sha256(Files.readAllBytes(sharded.path().resolve(name))) + "  " + name + "\n");
        }
        assertThat(sharded.weightDigest()).isEqualTo(sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void prefersTheEndTokensOfTheGenerationConfig() throws IOException {
        Path path = TestModels.copy(TestModels.tinyLlama(), temporary.resolve("m"));
        Files.writeString(path.resolve("generation_config.json"), "{\"eos_token_id\": [4, 1]}");
        assertThat(ModelDirectory.open(path, "m").endTokens()).containsExactly(4, 1);
        Files.writeString(path.resolve("generation_config.json"), "{\"eos_token_id\": [288, 4, -1]}");
        assertThat(ModelDirectory.open(path, "m").endTokens()).containsExactly(4);
        Files.writeString(path.resolve("generation_config.json"), "{\"eos_token_id\": 288}");
        assertThat(ModelDirectory.open(path, "m").endTokens()).containsExactly(1);
    }

    @Test
    void refusesTensorsThatDoNotFit() throws IOException {
        assertRefused(
                with(tensors -> tensors.remove(TensorNames.NORM)),
                "m: the tensor model.norm.weight of shape [32] is missing from the weights.");
        assertRefused(
                with(tensors -> tensors.put(TensorNames.NORM, zeros(DType.F32, 31))),
                "m/model.safetensors: the tensor model.norm.weight has the shape [31], but config.json requires [32].");
        assertRefused(
                with(tensors -> tensors.put(TensorNames.NORM, zeros(DType.I32, 32))),
                "m/model.safetensors: the tensor model.norm.weight is of type I32; supported types are F32, F16"
                        + " and BF16.");
        assertRefused(
                with(tensors -> tensors.put("model.layers.0.self_attn.q_proj.bias", zeros(DType.F32, 64))),
                "m/model.safetensors: the tensor model.layers.0.self_attn.q_proj.bias does not belong to the"
                        + " architecture in config.json, so it would be ignored.");
    }

    @Test
    void leavesOutOldRotaryTables() throws IOException {
        ModelDirectory model =
                with(tensors -> tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", zeros(DType.F32, 8)));
        assertThat(model.weights().tensors()).containsKey("model.layers.0.self_attn.rotary_emb.inv_freq");
    }

    @Test
    void takesATiedModelWithItsHeadRepeatedButNotWithAnother() throws IOException {
        tie(with(tensors -> tensors.remove(TensorNames.HEAD))).weights();
        tie(with(tensors -> tensors.replace(TensorNames.HEAD, tensors.get(TensorNames.EMBEDDING))))
                .weights();
        assertRefused(
                tie(with(tensors -> {})),
                "m/model.safetensors: lm_head.weight differs from model.embed_tokens.weight, but config.json says"
                        + " tie_word_embeddings: true. Set it to false if the model has its own head.");
        assertRefused(with(tensors -> tensors.remove(TensorNames.HEAD)), "m: the tensor lm_head.weight of shape");
    }

    private static void assertRefused(ModelDirectory model, String message) {
        assertThatThrownBy(model::weights)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    private static Tensor zeros(DType dtype, int length) {
        return new Tensor(dtype, List.of((long) length), () -> ByteBuffer.allocate(length * dtype.bytes()));
    }

    /** A copy of the tiny Llama with other tensors. */
    private ModelDirectory with(Consumer<Map<String, Tensor>> change) throws IOException {
        Path path = TestModels.copy(TestModels.tinyLlama(), Files.createTempDirectory(temporary, "m"), WEIGHTS);
        Map<String, Tensor> tensors = tensors(name -> true);
        change.accept(tensors);
        SafetensorsWriter.write(path.resolve(WEIGHTS), tensors);
        return ModelDirectory.open(path, "m");
    }

    private static ModelDirectory tie(ModelDirectory model) throws IOException {
        Path config = model.path().resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config).replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));
        return ModelDirectory.open(model.path(), "m");
    }

    /** A copy of the tiny Llama in two shards, the second with the head, and with changes in what the index says. */
    private ModelDirectory sharded(Map<String, String> changes) throws IOException {
        Path path = TestModels.copy(TestModels.tinyLlama(), Files.createTempDirectory(temporary, "m"), WEIGHTS);
        SafetensorsWriter.write(path.resolve("1.safetensors"), tensors(name -> !name.equals(TensorNames.HEAD)));
        SafetensorsWriter.write(path.resolve("2.safetensors"), tensors(TensorNames.HEAD::equals));
        Map<String, String> weightMap = new TreeMap<>();
        tensors(name -> true).keySet().forEach(name -> weightMap.put(name, "1.safetensors"));
        weightMap.put(TensorNames.HEAD, "2.safetensors");
        weightMap.putAll(changes);
        Files.writeString(path.resolve(INDEX), new ObjectMapper().writeValueAsString(Map.of("weight_map", weightMap)));
        return ModelDirectory.open(path, "m");
    }

    private static Map<String, Tensor> tensors(Predicate<String> selected) {
        SafetensorsFile file = SafetensorsFile.open(TestModels.tinyLlama().resolve(WEIGHTS), WEIGHTS);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        file.tensors().forEach((name, info) -> {
            if (selected.test(name)) {
                tensors.put(name, new Tensor(info.dtype(), info.shape(), () -> file.bytes(name)));
            }
        });
        return tensors;
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
