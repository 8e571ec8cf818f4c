package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.adapter.AdapterJars;
import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.completions.ChatException;
import io.github.ftmaven.runtime.dataset.BaseModel;
import io.github.ftmaven.runtime.dataset.DatasetStage;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.distill.ScriptedTeacher;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fine-tune at a service, whose models answer with the question in upper case. */
class ServedEvaluationTest implements Events {
    private static final String KEY = "sk-very-secret-0123456789";
    private static final String MODEL = "ft:mini::1";
    private static final String BASE = "mini";

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private ScriptedTeacher service;
    private int testRows = 3;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedTeacher();
        service.models.add(MODEL);
        lines.addAll(List.of(
                "dataset.template: auto",
                "training.runner: openai",
                "evaluation.maxNewTokens: 8",
                "evaluation.metrics: [accuracy, answer-tokens, latency]",
                "evaluation.baselines: []",
                "runner.openai.url: " + service.url(),
                "runner.openai.server: acme",
                "runner.openai.model: mini",
                "runner.openai.weights: kept"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void asksTheFineTuneAndItsBaseThere() throws IOException {
        lines.add("evaluation.baselines: [zero-shot, {fewShot: 1}]");
        Scores scores = measure();
        assertThat(scores.test().providers())
                .extracting(ProviderScores::provider)
                .containsExactly("base", "few-shot 1", "tuned");
        ProviderScores tuned = scores.test().provider("tuned").orElseThrow();
        assertThat(tuned.items()).extracting(ItemScore::answer).containsExactly("T0", "T1", "T2");
        assertThat(tuned.metrics()).containsEntry("accuracy", 2.0 / 3).containsEntry("answer-tokens", 5.0);
        assertThat(tuned.metrics().get("latency")).isPositive();
        assertThat(asked(MODEL)).hasSize(3);
        assertThat(asked(BASE)).hasSize(6);
        JsonNode request = asked(MODEL).get(0);
        assertThat(request.path("temperature").asDouble()).isZero();
        assertThat(request.path("seed").asInt()).isEqualTo(42);
        assertThat(request.path("max_completion_tokens").asInt()).isEqualTo(8);
        assertThat(asked(BASE)).anyMatch(body -> body.path("messages").size() == 3);
        assertThat(said)
                .anyMatch(text -> text.startsWith(
                                "OpenAI (" + service.name() + ") is asked 9 questions of the test set:" + " about ")
                        && text.endsWith(" tokens to send, and at most 72 to receive."));
        assertThat(service.keys).containsOnly("Bearer " + KEY);
        assertThat(scores.artifactDigest()).isEqualTo(PackagedAdapter.trainedDigest(jar(MODEL), "a.jar"));
    }

    @Test
    void asksByTheNamesOfDeployments() throws IOException {
        lines.addAll(List.of(
                "evaluation.baselines: [zero-shot]",
                "runner.openai.deployment: triage-{key}",
                "runner.openai.baseDeployment: plain"));
        measure(pointer(MODEL, "triage-01", service.url()));
        assertThat(asked("triage-01")).hasSize(3);
        assertThat(asked("plain")).hasSize(3);
        assertThat(service.requests).hasSize(6);
    }

    /** What was paid for is on disk, whatever ended the evaluation. */
    @Test
    void paysForNothingTwice() throws IOException {
        service.queue.addAll(List.of("401", "401", "401"));
        assertThatThrownBy(this::measure)
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("The service " + service.name() + " answered with status 401")
                .hasMessageContaining("Check the API key (the server acme in Maven's settings).")
                .message()
                .doesNotContain(KEY);
        service.queue.clear();
        measure();
        service.requests.clear();
        said.clear();
        measure();
        assertThat(service.requests).isEmpty();
        assertThat(said)
                .contains("OpenAI (" + service.name()
                        + ") answered all 3 questions of the test set before. Nothing is asked again.");
    }

    @Test
    void repeatsWhatTheServiceWasTooBusyFor() throws IOException {
        service.queue.addAll(List.of("429 0", "503 0", "cut"));
        assertThat(measure().test().provider("tuned").orElseThrow().items()).hasSize(3);
        assertThat(service.requests).hasSize(6);
    }

    @Test
    void judgesWhatWasSaid() throws IOException {
        testRows = 1;
        service.queue.add("choice {\"finish_reason\": \"length\", \"message\": {\"content\": \"T\"}}");
        assertThat(answer()).isEqualTo("T");
        assertThat(said)
                .contains("WARN tuned: 1 of 1 answer is cut off at the most tokens of an answer"
                        + " (evaluation.maxNewTokens is 8), and judged as far as they go.");
    }

    @Test
    void countsNoAnswerAsWrong() throws IOException {
        testRows = 1;
        service.queue.add("choice {\"finish_reason\": \"content_filter\", \"message\": {\"content\": null}}");
        assertThat(answer()).isEmpty();
        assertThat(said)
                .contains(
                        "WARN tuned: 1 of 1 answer is withheld by the server's content filter, which counts as wrong.");
    }

    private String answer() throws IOException {
        return measure().test().provider("tuned").orElseThrow().items().get(0).answer();
    }

    @Test
    void refusesAQuestionThatTheServiceRejects() {
        service.queue.add("400");
        refused("A question to tuned was rejected: The service " + service.name() + " answered with status 400");
    }

    @Test
    void wantsTokensToCount() {
        service.queue.addAll(List.of("free", "free", "free"));
        refused("evaluation.metrics: answer-tokens needs the number of tokens, but OpenAI (" + service.name()
                + ") does not say it. Remove the metric.");
    }

    @Test
    void keepsWithinItsBudget() {
        lines.add("runner.openai.evaluation.maxRequests: 2");
        refused("runner.openai.evaluation.maxRequests is 2, but the evaluation has 3 questions to ask. Nothing more was"
                + " asked. Raise it, or name fewer questions or baselines.");
        lines.remove(lines.size() - 1);
        lines.add("runner.openai.evaluation: {price: {input: 1, output: 1000000}, maxPrice: 1}");
        refused("runner.openai.evaluation.maxPrice is 1.0000, but the answers may cost 24.0");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void saysThatTheModelIsGone() {
        service.models.clear();
        refused("OpenAI (" + service.name() + ") does not have the model " + MODEL + " of the job ftjob-1 (any more)");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void saysWhatToDeploy() {
        lines.add("runner.openai.deployment: triage-{key}");
        service.queue.addAll(List.of("404", "404", "404"));
        assertThatThrownBy(() -> measure(pointer(MODEL, "triage-01", service.url())))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("Deploy " + MODEL + " there as triage-01, and build again.");
    }

    /** The key of an account goes nowhere else. */
    @Test
    void asksNoOtherService() {
        assertThatThrownBy(() -> measure(pointer(MODEL, null, "https://elsewhere.example/v1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its model is at https://elsewhere.example/v1, but runner.openai.url is another"
                        + " service, whose key is not sent there");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void wantsAPointer() {
        assertThatThrownBy(() -> measure(Map.of("adapter_config.json", "{}")))
                .hasMessageContaining("holds weights and no pointer.json, but runner.openai.weights is kept");
    }

    @Test
    void refusesAnswersThatCallTools() {
        ObjectNode calls = JsonNodeFactory.instance.objectNode();
        calls.putArray(Message.TOOL_CALLS)
                .addObject()
                .put("type", "function")
                .putObject("function")
                .put("name", "f");
        Example example = new Example(
                "test.jsonl:1", List.of(new Message(Role.USER, "x"), new Message(Role.ASSISTANT, "", calls)));
        assertThatThrownBy(() -> ServedEvaluation.requireTexts(List.of(example)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("test.jsonl:1: the answer calls a tool, which cannot be compared");
    }

    /** Its release was measured on other questions, so it answers those of today. */
    @Test
    void asksTheReleasedFineTuneToo() throws IOException {
        service.models.add("ft:mini::0");
        Scores scores = measure(pointer(MODEL, null, service.url()), released("ft:mini::0"));
        assertThat(asked("ft:mini::0")).hasSize(3);
        ProviderScores released = scores.test().provider("released").orElseThrow();
        assertThat(released.items()).extracting(ItemScore::answer).containsExactly("T0", "T1", "T2");
        assertThat(released.metrics()).containsEntry("accuracy", 2.0 / 3);
    }

    private ReleasedModel released(String model) throws IOException {
        Map<String, String> files = new TreeMap<>(pointer(model, null, service.url()));
        files.put("README.md", "# Card\n");
        files.put(
                "fine-tune.yaml",
                "base: {model: model}\ndataset: {train: a.jsonl, test: b.jsonl, template: question}\n");
        Path jar = AdapterJars.write(directory.resolve("released.jar"), files);
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "released.jar")) {
            List<ItemScore> items = List.of(Metrics.item("t:1", "yes", "yes"));
            ProviderScores tuned = new ProviderScores("tuned", Map.of("accuracy", 1.0), items);
            Scores then = new Scores(
                    adapter.trainedDigest(),
                    List.of(new ScoreSet(ScoreSet.TEST, SampleScores.TEST_DIGEST, List.of(tuned))));
            SealedEvaluation.of(adapter, "g:a:1.0", then, JsonFile.object(), "card")
                    .forEach((name, bytes) -> files.put(name, new String(bytes, StandardCharsets.UTF_8)));
        }
        return new ReleasedModel(
                new ReleasedAdapter(ReleasedAdapter.State.RELEASED, "g:a:1.0", "0", "compared."),
                AdapterJars.write(directory.resolve("sealed.jar"), files).toString(),
                new Inputs(TestModels.tinyLlama().toString(), "model", "model", null, null),
                null);
    }

    private void refused(String message) {
        assertThatThrownBy(this::measure)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private List<JsonNode> asked(String model) {
        return service.requests.stream()
                .filter(body -> body.path("model").asText().equals(model))
                .toList();
    }

    private Scores measure() throws IOException {
        return measure(pointer(MODEL, null, service.url()));
    }

    private Scores measure(Map<String, String> files) throws IOException {
        return measure(files, null);
    }

    private Scores measure(Map<String, String> files, @Nullable ReleasedModel released) throws IOException {
        return ServedEvaluation.measure(
                job(),
                KEY,
                AdapterJars.write(directory.resolve("a.jar"), files),
                released,
                directory.resolve("out/evaluation"),
                this);
    }

    private Path jar(String model) throws IOException {
        return AdapterJars.write(directory.resolve("same.jar"), pointer(model, null, service.url()));
    }

    private Map<String, String> pointer(String model, @Nullable String deployment, String url) throws IOException {
        Path made = Files.createTempDirectory(directory, "pointer");
        new ModelPointer("OpenAI", url, model, BASE, deployment, "ftjob-1", "01ab", null, null).write(made);
        return Map.of(ModelPointer.FILE, Files.readString(made.resolve(ModelPointer.FILE)));
    }

    private static String row(String question, String answer) {
        return "{\"prompt\": \"" + question + "\", \"completion\": \"" + answer + "\"}\n";
    }

    /** Twelve rows to train on; the last test row expects another answer. */
    private Job job() throws IOException {
        StringBuilder train = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            train.append(row("q" + i, "a" + i));
        }
        Files.writeString(directory.resolve("train.jsonl"), train);
        StringBuilder test = new StringBuilder();
        for (int i = 0; i < testRows; i++) {
            test.append(row("t" + i, i == 2 ? "other" : "T" + i));
        }
        Files.writeString(directory.resolve("test.jsonl"), test);
        ModelDirectory base = ModelDirectory.open(TestModels.tinyLlama(), "base", List.of());
        Job job = new Job(
                TestSpec.with(lines.toArray(String[]::new)),
                directory,
                base,
                new Inputs("base", "base", "base", null, null),
                directory.resolve("out"));
        DatasetStage.run(
                job.spec(),
                directory,
                new ProjectPaths(directory),
                new BaseModel(
                        base.path(), 4_096, base.architecture().dimensions().vocabSize(), base.endTokens()),
                job.output(),
                message -> {});
        return job;
    }

    @Override
    public void progress(Event.Progress event) {}

    @Override
    public void info(String text) {
        said.add(text);
    }

    @Override
    public void warn(String text) {
        said.add("WARN " + text);
    }

    @Override
    public boolean stopRequested() {
        return false;
    }
}
