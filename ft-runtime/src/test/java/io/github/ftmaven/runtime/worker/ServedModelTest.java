package io.github.ftmaven.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.ChatTemplate;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.export.MergedModel;
import io.github.ftmaven.runtime.export.MergedWeights;
import io.github.ftmaven.runtime.export.ServedFiles;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.journal.Journal;
import io.github.ftmaven.runtime.journal.JournalEvents;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoresJson;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is exported is what was measured: programs that know nothing of the spec ask the exported directory by its own chat
 * template, stop at its own end tokens, and get the answers of the evaluation.
 */
class ServedModelTest {
    private static final int LIMIT = 12;

    /** The last two rows are conversations of several turns, the last with a system message of its own. */
    private static final String ROWS = """
            {"prompt": " north wind ", "completion": "cold"}
            {"prompt": "south sun", "completion": "hot"}
            {"messages": [{"role": "user", "content": "rain"}, {"role": "assistant", "content": "wet"}, \
            {"role": "user", "content": "snow"}, {"role": "assistant", "content": "white"}]}
            {"messages": [{"role": "system", "content": "Shout."}, {"role": "user", "content": "fire"}, \
            {"role": "assistant", "content": "HEAT"}]}
            """;

    private static final String TESTS = ROWS.replace("north wind", "the north wind")
            .replace("south sun", "the south sun")
            .replace("snow", "the snow")
            .replace("fire", "the fire");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "lora, plain, auto, 1",
        "lora, question, auto, 1",
        "lora, question, <|im_end|>, '4, 1'",
        "lora, alpaca, <pad>, '2, 1'",
        "lora, chatml, auto, '4, 1'",
        "lora, chatml, </s>, 1",
        "lora, raw, <s>, '0, 1'",
        "full, plain, <|im_end|>, '4, 1'",
        "full, question, auto, 1",
        "full, chatml, auto, '4, 1'",
    })
    void answersAsItWasMeasured(String method, String template, String endToken, String ends) throws Exception {
        Path base = base();
        Files.writeString(directory.resolve("train.jsonl"), ROWS);
        // Other questions, or they would be taken out of the training: what is asked here is not how good it is.
        Files.writeString(directory.resolve("test.jsonl"), TESTS);
        Files.writeString(
                directory.resolve("fine-tune.yaml"),
                String.format(
                        Locale.ROOT,
                        """
                base: {model: base}
                dataset:
                  {train: train.jsonl, test: test.jsonl, template: %s, endToken: "%s", system: Be brief.}
                adapter: {method: %s%s}
                training: {epochs: 60, learningRate: %s, batchSize: 4, schedule: constant}
                evaluation: {maxNewTokens: %d}
                """,
                        template,
                        endToken,
                        method,
                        method.equals("full") ? "" : ", rank: 16, alpha: 32",
                        method.equals("full") ? "3e-3" : "1e-2",
                        LIMIT));
        run("dataset");
        run("train");
        run("evaluate");
        List<String> measured = ScoresJson.read(output().resolve("evaluation/scores.json")).test().providers().stream()
                .filter(provider -> provider.provider().equals(ProviderScores.TUNED))
                .map(ProviderScores::items)
                .flatMap(List::stream)
                .map(ItemScore::answer)
                .toList();
        assertThat(measured).hasSize(4).doesNotContain("").anyMatch(answer -> answer.length() < 6);

        Path exported = exported(base, method);
        assertThat(ModelDirectory.open(exported, "exported").endTokens())
                .containsExactlyElementsOf(
                        Stream.of(ends.split(", ")).map(Integer::valueOf).toList());
        List<String> expected = measured.stream()
                .map(answer -> template.equals("question") ? " " + answer : answer)
                .toList();
        assertThat(answers(exported)).isEqualTo(expected);
    }

    /** As transformers' {@code apply_chat_template} and {@code generate} do it. */
    private List<String> answers(Path exported) throws IOException {
        ModelDirectory model = ModelDirectory.open(exported, "exported");
        ChatTemplate template = ChatTemplate.of(exported).orElseThrow();
        List<String> answers = new ArrayList<>();
        int ended = 0;
        try (Tokenizer tokenizer = Tokenizer.load(exported);
                Arena arena = Torch.load("cpu", 1).arena()) {
            Decoder decoder = Decoder.of(
                    arena,
                    model.architecture(),
                    BaseTensors.read(arena, model.architecture(), model.weights()),
                    null,
                    false);
            for (Example example : new DatasetStore(output()).read(Split.TEST)) {
                List<Map<String, String>> messages = example.prompt().messages().stream()
                        .map(message -> Map.of(
                                "role", message.role().name().toLowerCase(Locale.ROOT), "content", message.content()))
                        // The template knows the system message of training.
                        .filter(message -> !message.containsValue("Be brief."))
                        .toList();
                String prompt = template.render(Map.of("messages", messages), true, Clock.systemUTC())
                        .text();
                int[] generated = decoder.generate(List.of(tokenizer.encode(prompt, false)), LIMIT, -1)
                        .get(0);
                int length = 0;
                while (length < generated.length && !model.endTokens().contains(generated[length])) {
                    length++;
                }
                ended += length < LIMIT ? 1 : 0;
                answers.add(tokenizer.decode(Arrays.copyOf(generated, length), true));
            }
        }
        assertThat(ended).as("answers that end").isGreaterThan(2);
        return answers;
    }

    /** Of a full fine-tune what training left, since merging would round its weights. */
    private Path exported(Path base, String method) throws IOException {
        Path trained = output().resolve("train/adapter");
        if (method.equals("full")) {
            return trained;
        }
        ModelDirectory model = ModelDirectory.open(base, "base");
        PeftAdapter adapter = PeftAdapter.read(trained, "adapter", model.architecture());
        Path exported = Files.createDirectory(directory.resolve("exported"));
        MergedModel.write(
                new MergedWeights(model, adapter), ServedFiles.read(trained, "adapter"), exported, 5_000_000_000L);
        return exported;
    }

    /** With positions for a conversation, and a template that must not be the one it is served with. */
    private Path base() throws IOException {
        Path base = Files.createDirectory(directory.resolve("base"));
        Path tiny = TestModels.resource("/models/tiny-llama");
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(tiny.resolve(name), base.resolve(name));
        }
        edit(base.resolve("config.json"), text -> text.replace("embeddings\": 64", "embeddings\": 256"));
        edit(
                base.resolve("tokenizer_config.json"),
                text -> text.replaceFirst("\\{", "{\"chat_template\": \"{{ messages[-1].content }}\","));
        Files.writeString(base.resolve("chat_template.json"), "{\"chat_template\": \"{{ messages[0].content }}\"}");
        Files.writeString(
                base.resolve("generation_config.json"),
                "{\"do_sample\": true, \"temperature\": 0.7, \"eos_token_id\": 1, \"min_new_tokens\": 3, \"max_length\": 256}");
        return base;
    }

    private static void edit(Path file, UnaryOperator<String> change) throws IOException {
        String text = Files.readString(file);
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);
    }

    private void run(String goal) throws Exception {
        Path jar = directory.resolve("a.jar");
        if (goal.equals("evaluate")) {
            pack(jar);
        }
        WorkRequest request = WorkRequest.of(
                goal,
                new WorkRequest.Setting(
                        output().toString(), directory.resolve("events").toString(), "cpu", 1),
                new WorkRequest.Declared(
                        directory.resolve("fine-tune.yaml").toString(),
                        new Inputs(directory.resolve("base").toString(), "base", "base", null, null),
                        "key",
                        goal.equals("evaluate") ? jar.toString() : null,
                        null,
                        null));
        Task task = switch (goal) {
            case "dataset" -> new DatasetTask();
            case "train" -> new TrainTask();
            default -> new EvaluateTask();
        };
        try (Journal journal = new Journal(directory.resolve("events"))) {
            task.run(request, new JournalEvents(journal, () -> false));
        }
    }

    private void pack(Path jar) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(output().resolve("train/adapter"))) {
            for (Path file : files.toList()) {
                zip.putNextEntry(new ZipEntry("META-INF/lora/g/a/" + file.getFileName()));
                Files.copy(file, zip);
            }
        }
    }

    private Path output() {
        return directory.resolve("ft");
    }
}
