package io.github.ftmaven.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.lmeval.TaskResults;
import io.github.ftmaven.runtime.lmeval.TaskSet;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks against the real lm-eval on the same model, number by number; {@code tools/golden_lmeval.py} ran it. */
class HarnessGoldenTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/lmeval");
    private static final Path MODEL = Path.of("src/test/resources/models/tiny-llama");
    private static final JsonMapper JSON = new JsonMapper();

    /** How near log-likelihoods are, in nats. */
    private static final double LIKELIHOOD = 1e-4;

    private static final Arena ARENA = Torch.load("cpu", 1).arena();
    private static final Tokenizer TOKENIZER = Tokenizer.load(MODEL);

    @AfterAll
    static void free() {
        TOKENIZER.close();
        ARENA.close();
    }

    private static TaskSet.Results ask(int length, List<String> tasks) {
        ModelDirectory model = ModelDirectory.open(MODEL, "tiny-llama");
        Decoder decoder = Decoder.of(
                ARENA,
                model.architecture(),
                BaseTensors.read(ARENA, model.architecture(), model.weights()),
                null,
                false);
        Path directory = DIRECTORY.resolve("tasks");
        return TaskResults.ask(
                directory,
                tasks.stream()
                        .map(task -> Stream.of("", "functions/", "prompts/")
                                .map(within -> within + task + ".yaml")
                                .filter(file -> Files.exists(directory.resolve(file)))
                                .findFirst()
                                .orElseThrow())
                        .toList(),
                new HarnessModel(new LocalModel(decoder), TOKENIZER, length, Set.of(1), 3, (done, total) -> {}));
    }

    @ParameterizedTest
    @CsvSource({
        "512, knowledge completions sums votes endings passages words letters",
        "256, family scenes pages beliefs letters4 letters5 letters6 candidates targets prefixed spaced described twice"
                + " several inputs words2 choices2 translated weighted",
        "64, passages endings sums",
    })
    void agrees(int length, String names) throws IOException {
        JsonNode golden = JSON.readTree(DIRECTORY.resolve(length + ".json").toFile());
        TaskSet.Results results = ask(length, Arrays.asList(names.split(" ")));
        JsonNode json = JSON.readTree(results.json("tiny-llama").toString());
        List<String> compared = new ArrayList<>();
        golden.fieldNames().forEachRemaining(key -> {
            if (!key.equals("samples")) {
                compared.add(key);
                assertSame(json.path(key), golden.path(key), key);
            }
        });
        assertThat(compared).contains("results", "n-shot", "versions", "higher_is_better", "n-samples");
        for (Map.Entry<String, JsonNode> task : golden.path("samples").properties()) {
            List<String> lines = results.samples(task.getKey());
            assertThat(lines).hasSize(task.getValue().size());
            for (int i = 0; i < lines.size(); i++) {
                assertSample(JSON.readTree(lines.get(i)), task.getValue().get(i), task.getKey() + "[" + i + "]");
            }
        }
    }

    private static void assertSample(JsonNode actual, JsonNode golden, String path) {
        golden.fieldNames().forEachRemaining(key -> {
            switch (key) {
                case "arguments" -> {
                    JsonNode arguments = golden.path(key);
                    assertThat(actual.path(key)).as(path).hasSize(arguments.size());
                    for (int i = 0; i < arguments.size(); i++) {
                        for (int j = 0; j < arguments.get(i).size(); j++) {
                            assertSame(
                                    actual.path(key).path("gen_args_" + i).path("arg_" + j),
                                    arguments.get(i).get(j),
                                    path + ".arguments");
                        }
                    }
                }
                case "target" ->
                    assertThat(actual.path(key).asText().replace("'", "\""))
                            .as(path)
                            .isEqualTo(
                                    golden.path(key).isTextual()
                                            ? golden.path(key).textValue().replace("'", "\"")
                                            : golden.path(key).toString().replace(",", ", "));
                case "brier_score" -> assertThat(actual.path(key).isNumber()).isTrue(); // compared as aggregated
                default -> assertSame(actual.path(key), golden.path(key), path + "." + key);
            }
        });
    }

    /** Numbers, also those that are printed as texts, to a tolerance; all else exactly. */
    private static void assertSame(JsonNode actual, JsonNode golden, String path) {
        if (golden.isContainerNode()) {
            assertThat(actual.isArray()).as(path).isEqualTo(golden.isArray());
            assertThat(actual).as(path + " " + actual).hasSize(golden.size());
            golden.fieldNames()
                    .forEachRemaining(key -> assertSame(actual.path(key), golden.path(key), path + "." + key));
            for (int i = 0; golden.isArray() && i < golden.size(); i++) {
                assertSame(actual.path(i), golden.path(i), path + "[" + i + "]");
            }
        } else if (golden.isNumber()) {
            double value = golden.doubleValue();
            boolean count = value == Math.rint(value) && Math.abs(value) < 1000;
            boolean exponential = Math.abs(value) > 1e5; // a perplexity: its logarithm is what is near
            double tolerance = count ? 1e-12 : exponential ? LIKELIHOOD * value : LIKELIHOOD;
            assertThat(number(actual)).as(path + " " + actual).isCloseTo(value, within(tolerance));
        } else if (golden.isBoolean() && actual.isTextual()) {
            assertThat(actual.textValue()).as(path).isEqualToIgnoringCase(golden.asText());
        } else {
            assertThat(actual).as(path).isEqualTo(golden);
        }
    }

    private static double number(JsonNode actual) {
        return actual.isTextual() ? Double.parseDouble(actual.textValue()) : actual.asDouble(Double.NaN);
    }

    @Test
    void metricsAreAFunctionOfTheirItems() {
        TaskSet.Results results = ask(64, List.of("knowledge", "sums", "endings", "passages"));
        List<String> seen = new ArrayList<>();
        for (String task : List.of("capitals", "claims", "sums", "endings", "passages")) {
            List<ItemScore> items = results.items(task).stream()
                    .map(item -> new ItemScore(item.id(), item.expected(), item.answer(), item.scores()))
                    .toList();
            results.metrics(task).forEach((metric, value) -> {
                seen.add(metric);
                assertThat(Metrics.of(metric, items)).as(metric).hasValue(value);
            });
            assertThat(Metrics.of(task + "/nothing", items)).isEmpty();
        }
        assertThat(seen)
                .contains(
                        "capitals/acc", "claims/f1", "sums/bleu,plain", "endings/perplexity", "passages/bits_per_byte");
        assertThat(Metrics.lowerIsBetter("endings/perplexity")).isTrue();
        assertThat(Metrics.lowerIsBetter("sums/exact_match,strict")).isFalse();
    }
}
