package io.github.ftmaven.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.adapter.AdapterFiles;
import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.inference.Generation.FinishReason;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiny adapter in a Java program, against what PEFT makes of it. */
class FineTunedModelTest {
    private static final JsonNode GOLDEN = golden();
    private static final int TOKENS = GOLDEN.path("maxNewTokens").asInt();
    private static final ModelOptions OPTIONS =
            ModelOptions.defaults().withDevice("cpu").withThreads(1).withMaxNewTokens(TOKENS);

    @TempDir
    Path directory;

    private static JsonNode golden() {
        try {
            return new ObjectMapper()
                    .readTree(Tiny.ADAPTER.resolve("inference.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FineTunedModel model() {
        return FineTunedModel.fromDirectory(Tiny.ADAPTER, Tiny.MODEL, OPTIONS);
    }

    private static Map<String, String> answersOfPeft() {
        Map<String, String> answers = new LinkedHashMap<>();
        try (Tokenizer tokenizer = Tokenizer.load(Tiny.MODEL)) {
            for (JsonNode asked : GOLDEN.path("answers")) {
                int[] tokens = new ObjectMapper().convertValue(asked.path("tokens"), int[].class);
                answers.put(
                        asked.path("question").asText(),
                        tokenizer.decode(tokens, true).strip());
            }
        }
        return answers;
    }

    @Test
    void answersAsPeft() {
        try (FineTunedModel model = model()) {
            Map<String, String> expected = answersOfPeft();
            for (JsonNode asked : GOLDEN.path("answers")) {
                String question = asked.path("question").asText();
                Generation answer = model.generate(question);
                int tokens = asked.path("tokens").size();
                assertThat(answer)
                        .isEqualTo(new Generation(
                                Objects.requireNonNull(expected.get(question)),
                                asked.path("promptTokens").asInt(),
                                tokens,
                                tokens < TOKENS ? FinishReason.STOP : FinishReason.LENGTH));
                List<String> pieces = new ArrayList<>();
                assertThat(model.stream(question, pieces::add)).isEqualTo(answer);
                assertThat(String.join("", pieces)).isEqualTo(answer.text());
                assertThat(pieces).hasSizeGreaterThan(1).doesNotContain("");
            }
        }
    }

    @Test
    void weighsLabelsAsPeft() {
        try (FineTunedModel model = model()) {
            for (JsonNode asked : GOLDEN.path("answers")) {
                Map<String, Double> expected = new LinkedHashMap<>();
                asked.path("labels")
                        .properties()
                        .forEach(label -> expected.put(
                                label.getKey(), Math.exp(label.getValue().asDouble())));
                double sum = expected.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                Map<String, Double> found =
                        model.classify(asked.path("question").asText(), expected.keySet());
                assertThat(found).hasSameSizeAs(expected);
                found.forEach((label, probability) -> assertThat(probability)
                        .as(label)
                        .isCloseTo(Objects.requireNonNull(expected.get(label)) / sum, within(1e-5)));
                assertThat(found.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum())
                        .isCloseTo(1, within(1e-12));
                assertThat(List.copyOf(found.values())).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            }
        }
    }

    /** Beside a quantized base the adapter stays on its own; a model that was trained in full needs only its own weights. */
    @Test
    void loadsWhatTheSpecDeclares() throws IOException {
        ModelDirectory base = ModelDirectory.open(Tiny.MODEL, "tiny-llama");
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            PeftAdapter adapter = PeftAdapter.read(Tiny.ADAPTER, "adapter", base.architecture());
            Path quantized = withSpec(Tiny.ADAPTER, "model: tiny-llama", "model: tiny-llama\n  quantization: nf4");
            assertAnswers(
                    quantized,
                    Decoder.of(
                            arena,
                            base.architecture(),
                            BaseTensors.read(arena, base.architecture(), base.weights(), Format.NF4_DOUBLE, DType.F32),
                            LoraTensors.of(arena, adapter),
                            false));
            Path full = withSpec(Tiny.MODEL, "dataset:", "adapter:\n  method: full\ndataset:");
            assertAnswers(
                    full,
                    Decoder.of(
                            arena,
                            base.architecture(),
                            BaseTensors.read(arena, base.architecture(), base.weights()),
                            null,
                            false));
        }
    }

    /** Beside a base in bfloat16, because merging would round it. */
    @Test
    void computesInThePrecisionThatTheAdapterNames() throws IOException {
        ModelDirectory base = ModelDirectory.open(Tiny.MODEL, "tiny-llama");
        PeftAdapter adapter = PeftAdapter.read(Tiny.ADAPTER, "adapter", base.architecture());
        Path half = Tiny.copy(Tiny.ADAPTER, Files.createTempDirectory(directory, "adapter"));
        PeftAdapter.write(
                half,
                adapter.config(),
                adapter.layout(),
                module -> Objects.requireNonNull(adapter.weights().get(module)),
                DType.BF16);
        try (Arena arena = Torch.load("cpu", 1).arena();
                FineTunedModel model = FineTunedModel.fromDirectory(half, Tiny.MODEL, OPTIONS);
                FineTunedModel single = model();
                Tokenizer tokenizer = Tokenizer.load(Tiny.MODEL)) {
            Decoder decoder = Decoder.of(
                    arena,
                    base.architecture(),
                    BaseTensors.read(arena, base.architecture(), base.weights(), null, DType.BF16),
                    LoraTensors.of(arena, adapter),
                    false);
            int[] prompt = tokenizer.encode("Say where.\n\nQuestion: a letter\nAnswer:", true);
            int[] tokens = decoder.generate(
                            List.of(prompt), TOKENS, tokenizer.endOfText().orElseThrow())
                    .get(0);
            assertThat(model.generate("a letter").text())
                    .isEqualTo(tokenizer.decode(tokens, true).strip());
            assertThat(model.classify("a letter", List.of("b", "c")))
                    .isNotEqualTo(single.classify("a letter", List.of("b", "c")));
        }
    }

    private Path withSpec(Path files, String from, String to) throws IOException {
        Path copy = Tiny.copy(files, Files.createTempDirectory(directory, "adapter"));
        String spec = Files.readString(Tiny.ADAPTER.resolve(AdapterFiles.SPEC));
        assertThat(spec).contains(from);
        Files.writeString(copy.resolve(AdapterFiles.SPEC), spec.replace(from, to));
        Files.copy(
                Tiny.ADAPTER.resolve(TrainedBase.FILE),
                copy.resolve(TrainedBase.FILE),
                StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private static void assertAnswers(Path files, Decoder decoder) {
        try (FineTunedModel model = FineTunedModel.fromDirectory(files, Tiny.MODEL, OPTIONS);
                Tokenizer tokenizer = Tokenizer.load(Tiny.MODEL)) {
            int[] prompt = tokenizer.encode("Say where.\n\nQuestion: a letter\nAnswer:", true);
            int end = tokenizer.endOfText().orElseThrow();
            int[] tokens = decoder.generate(List.of(prompt), TOKENS, end).get(0);
            assertThat(model.generate("a letter").text())
                    .isEqualTo(tokenizer.decode(tokens, true).strip())
                    .isNotEqualTo(answersOfPeft().get("a letter"));
        }
    }

    @Test
    void severalThreadsGetTheAnswersOfOne() throws Exception {
        Map<String, String> expected = answersOfPeft();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (FineTunedModel model = model()) {
            List<Future<Map<String, String>>> found = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean streams = i % 2 == 0;
                found.add(threads.submit(() -> {
                    Map<String, String> answers = new LinkedHashMap<>();
                    for (String question : expected.keySet()) {
                        StringBuilder pieces = new StringBuilder();
                        Generation answer = streams ? model.stream(question, pieces::append) : model.generate(question);
                        answers.put(question, streams ? pieces.toString() : answer.text());
                    }
                    return answers;
                }));
            }
            for (Future<Map<String, String>> answers : found) {
                assertThat(answers.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aConversationKeepsItsOwnSystemMessage() {
        try (FineTunedModel model = model()) {
            Message question = new Message(Role.USER, "the rain?");
            Generation asTrained = model.generate("the rain?");
            assertThat(model.generate(new Conversation(List.of(new Message(Role.SYSTEM, "Say where."), question))))
                    .isEqualTo(asTrained);
            assertThat(model.generate(new Conversation(List.of(new Message(Role.SYSTEM, "Say."), question)), 3)
                            .promptTokens())
                    .isLessThan(asTrained.promptTokens());
        }
    }

    @Test
    void anAnswerEndsWhereTheModelReadsNoFurther() {
        try (FineTunedModel model = model()) {
            Generation answer = model.generate(new Conversation(List.of(new Message(Role.USER, "a letter"))), 1000);
            assertThat(answer.promptTokens() + answer.generatedTokens()).isEqualTo(64);
            assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThatThrownBy(() -> model.generate("a ".repeat(50)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching(
                            ".*tiny-llama-adapter: the prompt has \\d+ tokens, but the model reads at most 64, so there"
                                    + " is no room for an answer. Shorten the prompt.");
            assertThatThrownBy(() -> model.classify("a ".repeat(50), List.of("b")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching(
                            ".*: the prompt with the label 'b' has \\d+ tokens, but the model reads at most 64. Shorten"
                                    + " the prompt.");
        }
    }

    @Test
    void refusesWhatIsNoQuestion() {
        try (FineTunedModel model = model()) {
            assertThatThrownBy(() -> model.classify("a letter", List.of()))
                    .hasMessage("labels must be distinct, and there must be at least one: []");
            assertThatThrownBy(() -> model.classify("a letter", List.of("a", "a")))
                    .hasMessage("labels must be distinct, and there must be at least one: [a, a]");
            assertThatThrownBy(() -> model.generate(new Conversation(List.of(new Message(Role.ASSISTANT, "I begin.")))))
                    .hasMessage("a conversation must end with a message of the user or of a tool");
            assertThatThrownBy(() ->
                            model.stream(new Conversation(List.of(new Message(Role.USER, "a"))), 0, text -> {}))
                    .hasMessage("maxTokens is 0, but must be at least 1");
            assertThatThrownBy(() -> OPTIONS.withDevice("tpu"))
                    .hasMessage("device is 'tpu', but must be auto, cpu or cuda");
        }
    }

    @Test
    void aClosedModelSaysSo() {
        FineTunedModel model = model();
        List<String> pieces = new ArrayList<>();
        assertThatThrownBy(() -> model.stream("a letter", piece -> {
                    pieces.add(piece);
                    model.close();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("tiny-llama-adapter: the model is closed");
        assertThat(pieces).hasSize(1);
        assertThatThrownBy(() -> model.generate("a letter")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.classify("a letter", List.of("b"))).isInstanceOf(IllegalStateException.class);
        model.close();
    }

    @Test
    void weightsThatAServiceKeepsAreNotLoaded() throws IOException {
        new ModelPointer("OpenAI (x.y)", "https://x.y/v1", "ft:mini::1", "mini", null, "j-1", "01ab", null, null)
                .write(directory);
        assertThatThrownBy(() -> FineTunedModel.fromDirectory(directory, Tiny.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds no weights but a pointer: OpenAI (x.y) keeps those of ft:mini::1.");
    }

    @Test
    void anotherBaseIsRefused() throws IOException {
        Path base = Tiny.copy(Tiny.MODEL, directory.resolve("base"));
        byte[] weights = Files.readAllBytes(base.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(base.resolve("model.safetensors"), weights);
        assertThatThrownBy(() -> FineTunedModel.fromDirectory(Tiny.ADAPTER, base))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        ".*base: is not the base that .*tiny-llama-adapter was trained on, which is tiny-llama:"
                                + " model.safetensors has the SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}. With"
                                + " another base the adapter would compute nonsense.");
        FineTunedModel.fromDirectory(Tiny.ADAPTER, base, OPTIONS.withVerifyWeights(false))
                .close();
        Files.writeString(
                base.resolve("config.json"),
                Files.readString(base.resolve("config.json")).replace("100.0", "200.0"));
        assertThatThrownBy(() -> FineTunedModel.fromDirectory(Tiny.ADAPTER, base, OPTIONS.withVerifyWeights(false)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("which is tiny-llama: config.json has the SHA-256");
    }

    @Test
    void whatIsNotAsPackagedIsRefused() throws IOException {
        assertThatThrownBy(() -> FineTunedModel.fromDirectory(directory.resolve("none"), Tiny.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("none: no such directory. An adapter's directory holds adapter_config.json,"
                        + " adapter_model.safetensors and fine-tune.yaml.");
        Path adapter = Tiny.copy(Tiny.ADAPTER, directory.resolve("adapter"));
        Files.writeString(adapter.resolve("provenance.json"), "{}");
        assertThatThrownBy(() -> FineTunedModel.fromDirectory(adapter, Tiny.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("provenance.json: base.files is empty, so the base of this adapter is unknown.");
        Files.delete(adapter.resolve("provenance.json"));
        assertThatThrownBy(() -> FineTunedModel.fromDirectory(adapter, Tiny.MODEL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("provenance.json: no such file.");
    }

    @Test
    void findsAnAdapterOnTheClassPath() throws IOException {
        Path jar = Tiny.jar(directory.resolve("triage.jar"), "com.acme", "clause-triage");
        try (FineTunedModel model = FineTunedModel.fromJar(jar, Tiny.MODEL, OPTIONS)) {
            assertThat(model.generate("a letter").text())
                    .isEqualTo(answersOfPeft().get("a letter"));
        }
        withClassPath(List.of(jar), () -> {
            try (FineTunedModel model = FineTunedModel.fromClasspath("com.acme:clause-triage", Tiny.MODEL, OPTIONS)) {
                assertThat(model.generate("a letter").text())
                        .isEqualTo(answersOfPeft().get("a letter"));
            }
            assertThatThrownBy(() -> FineTunedModel.fromClasspath("com.acme:clause-triag", Tiny.MODEL))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("com.acme:clause-triag: this adapter is not on the class path. Did you mean"
                            + " 'com.acme:clause-triage'? Available adapters: com.acme:clause-triage.");
            assertThatThrownBy(() -> FineTunedModel.fromClasspath("clause-triage", Tiny.MODEL))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("'clause-triage' is not an adapter's name. Write groupId:artifactId[:classifier],"
                            + " without a version.");
        });
        withClassPath(
                List.of(),
                () -> assertThatThrownBy(() -> FineTunedModel.fromClasspath("a:b", Tiny.MODEL))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage("a:b: this adapter is not on the class path. The class path has no adapters."
                                + " Declare its artifact as a dependency; if it is a module of the same"
                                + " build, run mvn package or a"
                                + " later phase."));
        Path again = Files.copy(jar, directory.resolve("again.jar"));
        withClassPath(
                List.of(jar, again),
                () -> assertThatThrownBy(() -> FineTunedModel.fromClasspath("com.acme:clause-triage", Tiny.MODEL))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageStartingWith(
                                "com.acme:clause-triage: this adapter is on the class path more than once: jar:file:")
                        .hasMessageEndingWith(". Keep only one."));
    }

    @Test
    void findsAnAdapterInADirectoryOfTheClassPath() throws IOException {
        Tiny.copy(Tiny.ADAPTER, directory.resolve("META-INF/lora/com.acme/clause-triage"));
        withClassPath(List.of(directory), () -> {
            try (FineTunedModel model = FineTunedModel.fromClasspath("com.acme:clause-triage", Tiny.MODEL, OPTIONS)) {
                assertThat(model.generate("a letter").text())
                        .isEqualTo(answersOfPeft().get("a letter"));
            }
        });
    }

    private static void withClassPath(List<Path> entries, Runnable test) throws IOException {
        URL[] urls = new URL[entries.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = entries.get(i).toUri().toURL();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(loader);
            test.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
