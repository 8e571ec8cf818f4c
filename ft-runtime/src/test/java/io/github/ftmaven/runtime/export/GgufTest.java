package io.github.ftmaven.runtime.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against llama.cpp's own converters: {@code tools/golden_gguf.py} wrote what they make of the same files. */
@EveryLocale
class GgufTest {
    private static final Path TINY = TestModels.resource("/models/tiny-llama");
    private static final int TOKENS = 285;
    private static final Map<Integer, String> TYPES = Map.of(0, "F32", 1, "F16", 8, "Q8_0");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny-llama",
                "families/llama",
                "families/mistral",
                "families/qwen2",
                "families/qwen3",
                "families/phi3",
                "families/gemma",
                "families/gemma2",
                "families/gemma3_text"
            })
    void anAdapterIsTheConvertersToTheByte(String model) throws Exception {
        Path path = TestModels.resource("/models/" + model);
        Path adapter = model.equals("tiny-llama")
                ? TestModels.resource("/models/tiny-llama-adapter")
                : path.resolve("adapter");
        Architecture architecture = ArchitectureReader.read(path.resolve("config.json"), model);
        Path file = directory.resolve("lora.gguf");
        GgufAdapter.write(file, "name", PeftAdapter.read(adapter, "adapter", architecture), architecture);
        assertThat(differences(file, model + " lora")).containsExactly("general.name");
    }

    @ParameterizedTest
    @EnumSource(GgufModel.Precision.class)
    void aModelIsTheConvertersToTheByte(GgufModel.Precision precision) throws Exception {
        Path file = directory.resolve("model.gguf");
        ModelDirectory model = ModelDirectory.open(TINY, "base");
        GgufModel.write(
                file, "name", new MergedWeights(model, null), ServedFiles.of(model, Optional.empty(), 1), precision);
        assertThat(differences(file, "tiny-llama " + precision.name().toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder("general.name", "tokenizer.ggml.add_eos_token");
        assertThat(new GgufReader(file).keys)
                .containsEntry("general.name", "name")
                .containsEntry("tokenizer.ggml.add_eos_token", false);
    }

    /** The names of keys and tensors that are not as the converter wrote them. */
    private static Set<String> differences(Path file, String name) throws Exception {
        JsonNode facts = new ObjectMapper()
                .readTree(TestModels.resource("/gguf/facts.json").toFile())
                .path(name);
        assertThat(facts.path("tensors")).as(name).isNotEmpty();
        GgufReader ours = new GgufReader(file);
        Set<String> different = new HashSet<>();
        for (Map.Entry<String, Object> key : ours.keys.entrySet()) {
            if (!text(key.getValue()).equals(text(facts.path("keys").path(key.getKey())))) {
                different.add(key.getKey());
            }
        }
        facts.path("keys").fieldNames().forEachRemaining(key -> {
            if (!ours.keys.containsKey(key)) {
                different.add(key);
            }
        });
        for (Map.Entry<String, GgufReader.Tensor> tensor : ours.tensors.entrySet()) {
            GgufReader.Tensor value = tensor.getValue();
            String own = List.of(
                            Objects.requireNonNull(TYPES.get(value.type())),
                            value.shape(),
                            digest(array(value.bytes())))
                    .toString()
                    .replace(" ", "");
            String theirs =
                    facts.path("tensors").path(tensor.getKey()).toString().replace("\"", "");
            if (!own.equals(theirs)) {
                different.add(tensor.getKey());
            }
        }
        assertThat(ours.tensors).hasSize(facts.path("tensors").size());
        return different;
    }

    private static String text(Object value) throws Exception {
        if (value instanceof List<?> list) {
            String lines = list.stream().limit(TOKENS).map(String::valueOf).collect(Collectors.joining("\n"));
            return digest(lines.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof JsonNode node) {
            return node.isFloatingPointNumber() ? String.valueOf((float) node.doubleValue()) : node.asText();
        }
        return String.valueOf(value);
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** The converter loses patterns and rank stabilization; here B makes up for what one alpha cannot say. */
    @Test
    void everyModuleKeepsItsScale() throws IOException {
        Path path = TestModels.resource("/models/families/llama");
        Architecture architecture = ArchitectureReader.read(path.resolve("config.json"), "llama");
        PeftAdapter adapter = PeftAdapter.read(path.resolve("patterns"), "patterns", architecture);
        assertThat(adapter.layout().modules().stream().map(LoraModule::scale).distinct())
                .hasSizeGreaterThan(1);
        Path file = directory.resolve("lora.gguf");
        GgufAdapter.write(file, "name", adapter, architecture);
        GgufReader gguf = new GgufReader(file);
        float alpha = (float) Objects.requireNonNull(gguf.keys.get("adapter.lora.alpha"));
        for (LoraModule module : adapter.layout().modules()) {
            String name = GgufNames.weight(module.layer(), module.projection()) + ".lora_b";
            GgufReader.Tensor b = Objects.requireNonNull(gguf.tensors.get(name));
            assertThat(b.shape()).containsExactly((long) module.rank(), (long) module.out());
            FloatBuffer written = b.bytes().asFloatBuffer();
            FloatBuffer trained =
                    Objects.requireNonNull(adapter.weights().get(module)).b();
            assertThat(alpha / module.rank() * length(written))
                    .as(name)
                    .isCloseTo(module.scale() * length(trained), within(1e-5));
        }
    }

    private static double length(FloatBuffer values) {
        double sum = 0;
        for (int i = 0; i < values.limit(); i++) {
            sum += (double) values.get(i) * values.get(i);
        }
        return Math.sqrt(sum);
    }

    @Test
    void refusesDora() {
        Path path = TestModels.resource("/models/families/llama");
        Architecture architecture = ArchitectureReader.read(path.resolve("config.json"), "llama");
        PeftAdapter dora = PeftAdapter.read(path.resolve("dora"), "dora", architecture);
        assertThatThrownBy(() -> GgufAdapter.write(directory.resolve("x"), "x", dora, architecture))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("artifact.gguf: a GGUF adapter cannot express DoRA, because it has no magnitudes."
                        + " Write f16 or q8_0 for the merged model.");
    }

    @ParameterizedTest
    @CsvSource({
        "gemma2, 'models of type gemma2 are not supported; supported types are llama, mistral, qwen2 and qwen3'",
        "qwen2, 'its rope_scaling is not supported; linear is, and llama3 for models of type llama'",
    })
    void refusesModelsByName(String family, String why) {
        Path path = TestModels.resource("/models/families/" + family);
        ModelDirectory model =
                new ModelDirectory(path, "base", ArchitectureReader.read(path.resolve("config.json"), "c"));
        assertThatThrownBy(() -> GgufModel.check(model))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("artifact.gguf: base: " + why + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\": \"BPE\" | \"type\": \"Unigram\" | its model is of type Unigram; only BPE is supported",
                "\"normalizer\": null | \"normalizer\": {\"type\": \"NFC\"} | its normalizer is of type NFC",
                "\"add_prefix_space\": false | \"add_prefix_space\": true | its pre_tokenizer is not the one of GPT-2,"
                        + " Llama 3, Qwen 2, SmolLM or Mistral NeMo",
                "\"lstrip\": false | \"lstrip\": true | its added token <s> is lstrip, which llama.cpp does not"
                        + " support",
                "\"ignore_merges\": false | \"ignore_merges\": true | its ignore_merges is true, which does not fit"
                        + " gpt-2",
                "\"type\": \"TemplateProcessing\" | \"type\": \"BertProcessing\" | its post_processor is of type"
                        + " BertProcessing; only TemplateProcessing and ByteLevel are supported",
                "\"truncation\": null | \"truncation\" : null | its post_processor adds <s>, which is not the bos_token",
            })
    void refusesTokenizersByWhatTheyDo(String from, String to, String why) throws IOException {
        Files.copy(TINY.resolve("config.json"), directory.resolve("config.json"));
        // A class that leaves the post_processor as it is.
        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"add_prefix_space\": null, \"bos_token\": \""
                        + (why.contains("bos_token") ? "<pad>" : "<s>") + "\", \"eos_token\": \"</s>\"}");
        String json = Files.readString(TINY.resolve("tokenizer.json"));
        assertThat(json).contains(from);
        Files.writeString(directory.resolve("tokenizer.json"), json.replace(from, to));
        assertThatThrownBy(() -> GgufModel.check(ModelDirectory.open(directory, "base")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("artifact.gguf: base/tokenizer.json: llama.cpp would tokenize text differently: " + why
                        + ". Write artifact.gguf: [lora] for the adapter alone.");
    }

    @Test
    void piecesScoreByTheirMerges() throws IOException {
        JsonNode tokenizer = new ObjectMapper().readTree("""
                {"normalizer": {"type": "Sequence", "normalizers": [
                   {"type": "Prepend", "prepend": "▁"},
                   {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
                 "pre_tokenizer": null,
                 "model": {"merges": ["▁ t", "h e", ["▁t", "he"], ["▁", "the"]]}}
                """);
        List<String> tokens = new ArrayList<>(List.of("▁", "t", "▁t", "he", "▁the"));
        assertThatThrownBy(() -> SentencePieces.of(tokenizer, tokens))
                .hasMessage("it has 0 of the 256 byte tokens for fallback");
        for (int i = 0; i < 256; i++) {
            tokens.add(String.format(Locale.ROOT, "<0x%02X>", i));
        }
        SentencePieces pieces = SentencePieces.of(tokenizer, tokens);
        assertThat(pieces.spaceInFront()).isTrue();
        assertThat(pieces.scores()).startsWith(-0f, -0f, -1f, -2f, -3f);

        JsonNode apart = new ObjectMapper().readTree("{\"model\": {\"merges\": [\"a bc\", \"b c\", \"ab c\"]}}");
        assertThatThrownBy(() -> SentencePieces.of(apart, tokens))
                .hasMessage("other merges come between those that make abc");
        JsonNode first = new ObjectMapper().readTree("""
                {"pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}}
                """);
        assertThatThrownBy(() -> SentencePieces.of(first, tokens))
                .hasMessage("its prepend_scheme is first, but llama.cpp puts a space before every part of a text"
                        + " or before none");
    }

    @Test
    void eightBitsRoundAwayFromZero() {
        float[] values = new float[32];
        values[0] = 127;
        values[1] = 0.5f;
        values[2] = -0.5f;
        values[3] = -1.4f;
        ByteBuffer bytes = GgufType.Q8_0.encode(values, 32);
        assertThat(bytes.remaining()).isEqualTo(34);
        assertThat(bytes.getShort()).isEqualTo((short) 0x3c00);
        assertThat(new byte[] {bytes.get(), bytes.get(), bytes.get(), bytes.get()})
                .containsExactly(127, 1, -1, -1);
    }
}
