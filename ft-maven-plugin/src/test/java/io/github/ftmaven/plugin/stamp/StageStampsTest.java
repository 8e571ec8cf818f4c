package io.github.ftmaven.plugin.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which change concerns which stage. */
class StageStampsTest {
    private static final StageStamps.Compute CPU = new StageStamps.Compute("cpu", "", "linux-x86_64", 2, Map.of());

    @TempDir
    Path directory;

    private TestProject project;
    private Path jar;

    @BeforeEach
    void writeProject() throws Exception {
        jar = directory.resolve("target/a.jar");
        project = new TestProject(directory).dataset().adapter();
        jar("weights").write(jar, Instant.EPOCH.plusSeconds(400_000_000));
    }

    @Test
    void aLearningRateConcernsOnlyTheTraining() throws Exception {
        Keys before = keys(CPU);
        project.spec("training: {learningRate: 1.0e-3}\n");
        Keys after = keys(CPU);

        assertThat(after.dataset()).isEqualTo(before.dataset());
        assertThat(after.train()).isNotEqualTo(before.train());
        assertThat(after.evaluate()).isEqualTo(before.evaluate());
        assertThat(stamps(CPU).train().fields()).containsEntry("training.learningRate", "0.001");
    }

    @Test
    void whereTheModelsAnswerChangesNothing() throws Exception {
        Keys before = keys(CPU);
        project.spec("evaluation: {runner: spark}\nrunner: {spark: {workers: 2}}\n");
        assertThat(keys(CPU).evaluate()).isEqualTo(before.evaluate());
        project.spec("evaluation: {batchSize: 7}\n");
        assertThat(keys(CPU).evaluate()).isNotEqualTo(before.evaluate());
    }

    @Test
    void theTokensOfARowDependOnHowItIsEncodedAndNotOnOtherRows() throws Exception {
        Stamp before = stamps(CPU).encoding();
        Stamp dataset = stamps(CPU).dataset();
        project.write("src/main/ft/data/train.jsonl", "{\"prompt\": \"a\", \"completion\": \"c\"}\n");
        assertThat(stamps(CPU).dataset()).isNotEqualTo(dataset);
        assertThat(stamps(CPU).encoding()).isEqualTo(before);

        project.spec("  learn: last-answer\n");
        assertThat(stamps(CPU).encoding()).isNotEqualTo(before);
        project.spec("  template: raw\n");
        assertThat(stamps(CPU).encoding()).isNotEqualTo(before);
        project.spec("");
        Path tokenizer = project.file("src/main/ft/model/tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer) + "\n");
        assertThat(stamps(CPU).encoding()).isNotEqualTo(before);
    }

    @Test
    void thePrecisionIsTheOneThatAutoMeans() throws Exception {
        Keys before = keys(CPU);
        assertThat(stamps(CPU).train().fields())
                .containsEntry("training.precision", "auto")
                .containsEntry("precision", "float32");
        project.spec("training: {precision: bfloat16}\n");
        Keys after = keys(CPU);

        assertThat(stamps(CPU).train().fields())
                .containsEntry("training.precision", "bfloat16")
                .containsEntry("precision", "bfloat16");
        assertThat(after.dataset()).isEqualTo(before.dataset());
        assertThat(after.train()).isNotEqualTo(before.train());
        // What auto means belongs to the machine, which results on another one are not compared with.
        assertThat(StageStamps.isOfTheEngine("precision")).isTrue();
        assertThat(StageStamps.isOfTheEngine("training.precision")).isFalse();
    }

    @Test
    void whatIsLeftOutOfTheConfigurationConcernsTrainingAndEvaluation() throws Exception {
        Path config = project.file("src/main/ft/model/config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"router_bias\": 1,"));
        project.write(
                "src/main/ft/fine-tune.yaml",
                Files.readString(project.file("src/main/ft/fine-tune.yaml"))
                        .replace("model: model\n", "model: model\n  ignoreKeys: [router_bias]\n"));

        assertThat(stamps(CPU).train().fields()).containsEntry("base.ignoreKeys", "[\"router_bias\"]");
        assertThat(stamps(CPU).evaluate(jar, null).fields()).containsEntry("base.ignoreKeys", "[\"router_bias\"]");
    }

    @Test
    void whatIsLearntOfAConversationConcernsTheTraining() throws Exception {
        Keys before = keys(CPU);
        project.spec("  learn: last-answer\n");
        Keys after = keys(CPU);

        assertThat(after.train()).isNotEqualTo(before.train());
        assertThat(after.evaluate()).isEqualTo(before.evaluate());
    }

    @Test
    void theSystemMessageConcernsTheTrainingWhichLeavesItInTheChatTemplate() throws Exception {
        Keys before = keys(CPU);
        project.spec("  system: Be brief.\n");
        Keys after = keys(CPU);

        assertThat(after.dataset()).isNotEqualTo(before.dataset());
        assertThat(after.train()).isNotEqualTo(before.train());
        assertThat(after.evaluate()).isNotEqualTo(before.evaluate());
    }

    @Test
    void filesOfTheBaseThatNobodyReadsConcernNobody() throws Exception {
        Keys before = keys(CPU);
        project.write("src/main/ft/model/merges.txt", "a b\n").write("src/main/ft/model/vocab.json", "{}");

        assertThat(keys(CPU)).isEqualTo(before);
    }

    @Test
    void aFileOfTheProjectIsNotTakenForOneOfTheOutput() throws Exception {
        project.write("dataset/test.jsonl", "general text")
                .spec("evaluation: {retention: ../../../dataset/test.jsonl}\n");
        Keys before = keys(CPU);
        project.write("target/ft/dataset/test.jsonl", "{}\n");

        assertThat(keys(CPU).evaluate()).isNotEqualTo(before.evaluate());
    }

    @Test
    void theWorkersEnvironmentConcernsTheEvaluationOfASuiteThatNamesIt() throws Exception {
        project.write("src/main/ft/suite.yaml", """
                prompts: ["{{ env.LANGUAGE }}: {{x}}"]
                tests: [{vars: {x: 1}, assert: [{type: contains, value: a}]}]
                """).spec("evaluation: {suite: suite.yaml}\n");
        StageStamps german = stamps(new StageStamps.Compute("cpu", "", "linux-x86_64", 2, Map.of("LANGUAGE", "de")));
        StageStamps french = stamps(new StageStamps.Compute("cpu", "", "linux-x86_64", 2, Map.of("LANGUAGE", "fr")));

        assertThat(french.evaluate(jar, null).changesSince(german.evaluate(jar, null)))
                .containsExactly("environment variable LANGUAGE");
    }

    @Test
    void howOftenItIsSavedConcernsNobody() throws Exception {
        Keys before = keys(CPU);
        project.spec("training: {checkpointEvery: 7}\n");

        assertThat(keys(CPU)).isEqualTo(before);
    }

    /** The adapter depends on the number of replicas, however it was written, and not on who trains them. */
    @Test
    void replicasConcernTheTrainingAndItsRunnerDoesNot() throws Exception {
        Keys before = keys(CPU);
        project.spec("training: {localSteps: 20, replicas: 4}\n");
        Keys four = keys(CPU);
        assertThat(four.dataset()).isEqualTo(before.dataset());
        assertThat(four.train()).isNotEqualTo(before.train());
        project.spec("training: {localSteps: 20, runner: spark}\nrunner: {spark: {workers: 4}}\n");
        assertThat(keys(CPU).train()).isEqualTo(four.train());
        project.spec("training: {localSteps: 20, replicas: 4, runner: spark}\nrunner: {spark: {workers: 2}}\n");
        assertThat(keys(CPU).train()).isEqualTo(four.train());
        project.spec("training: {localSteps: 20, runner: spark}\nrunner: {spark: {workers: 2}}\n");
        assertThat(keys(CPU).train()).isNotEqualTo(four.train());
        project.spec("training: {localSteps: 10, replicas: 4}\n");
        assertThat(keys(CPU).train()).isNotEqualTo(four.train());
    }

    /** The bytes are the same either way. */
    @Test
    void whereFrozenLayersAreConcernsNobody() throws Exception {
        Keys before = keys(CPU);
        project.spec("training: {offload: layers}\n");

        assertThat(keys(CPU)).isEqualTo(before);
    }

    /** Whoever has the same inputs finds the job of a service again, on any machine. */
    @Test
    void aServicesTrainingConcernsNoMachine() throws Exception {
        String account = "runner: {together: {model: a/b, server: s, maxPrice: 3}}\n";
        project.spec("training: {runner: together}\n" + account);
        String before = keys(CPU).train();
        StageStamps.Compute gpu =
                new StageStamps.Compute("cuda", "H200", "windows-x86_64", 9, Map.of("MKL_CBWR", "AVX"));
        assertThat(keys(gpu).train()).isEqualTo(before);
        project.spec(
                "training: {runner: together}\n" + account.replace("3", "4").replace("s,", "t, onStop: cancel,"));
        assertThat(keys(CPU).train()).isEqualTo(before);

        project.spec("training: {runner: together}\n" + account.replace("a/b", "a/c"));
        assertThat(keys(CPU).train()).isNotEqualTo(before);
        project.spec("training: {runner: together, epochs: 4}\n" + account);
        assertThat(keys(CPU).train()).isNotEqualTo(before);
        project.spec("training: {runner: local}\n" + account);
        assertThat(keys(CPU).train())
                .isNotEqualTo(before)
                .isNotEqualTo(keys(gpu).train());
    }

    @Test
    void whetherAGpuRepeatsConcernsNoCpu() throws Exception {
        StageStamps.Compute gpu = new StageStamps.Compute("cuda", "NVIDIA H200", "linux-x86_64", 2, Map.of());
        Keys onCpu = keys(CPU);
        String onGpu = stamps(gpu).train().key();
        assertThat(stamps(gpu).train().fields()).containsEntry("training.deterministic", "false");
        assertThat(stamps(CPU).train().fields()).doesNotContainKey("training.deterministic");
        project.spec("training: {deterministic: true}\n");

        assertThat(keys(CPU)).isEqualTo(onCpu);
        assertThat(stamps(gpu).train().key()).isNotEqualTo(onGpu);
    }

    @Test
    void anAcceptanceRuleConcernsNobody() throws Exception {
        Keys before = keys(CPU);
        project.spec("acceptance: [{metric: accuracy, minimum: 0.5}]\n");

        assertThat(keys(CPU)).isEqualTo(before);
    }

    @Test
    void otherTestQuestionsAreNotTrainedFor() throws Exception {
        Keys before = keys(CPU);
        project.write("target/ft/dataset/test.jsonl", "{}\n");
        Keys after = keys(CPU);

        assertThat(after.train()).isEqualTo(before.train());
        assertThat(after.evaluate()).isNotEqualTo(before.evaluate());
    }

    @Test
    void rawDataConcernsTheDatasetOnlyUnlessItsRowsChange() throws Exception {
        Keys before = keys(CPU);
        project.write("src/main/ft/data/train.jsonl", "{\"completion\":\"b\",\"prompt\":\"a\"}\n");
        Keys after = keys(CPU);
        assertThat(after.dataset()).isNotEqualTo(before.dataset());
        assertThat(after.train()).isEqualTo(before.train());

        project.write("target/ft/dataset/train.jsonl", "{}\n");
        assertThat(keys(CPU).train()).isNotEqualTo(before.train());
    }

    @Test
    void theEngineConcernsWhatIsComputed() throws Exception {
        Keys before = keys(CPU);
        for (StageStamps.Compute other : List.of(
                new StageStamps.Compute("cuda", "", "linux-x86_64", 2, Map.of()),
                new StageStamps.Compute("cuda", "NVIDIA H200", "linux-x86_64", 2, Map.of()),
                new StageStamps.Compute("cpu", "", "linux-aarch64", 2, Map.of()),
                new StageStamps.Compute("cpu", "", "linux-x86_64", 1, Map.of()),
                new StageStamps.Compute("cpu", "", "linux-x86_64", 2, Map.of("MKL_CBWR", "AVX2")))) {
            Keys after = keys(other);
            assertThat(after.dataset()).isEqualTo(before.dataset());
            assertThat(after.train()).isNotEqualTo(before.train());
            assertThat(after.evaluate()).isNotEqualTo(before.evaluate());
        }
    }

    @Test
    void theTokenizerConcernsEverybodyAndWeightsOnlyWhoLoadsThem() throws Exception {
        Keys before = keys(CPU);
        project.write("src/main/ft/model/tokenizer_config.json", "{}");
        Keys other = keys(CPU);
        assertThat(other.dataset()).isNotEqualTo(before.dataset());
        assertThat(other.train()).isNotEqualTo(before.train());
        assertThat(other.evaluate()).isNotEqualTo(before.evaluate());

        project.write("src/main/ft/model/model.safetensors", "other weights");
        Keys last = keys(CPU);
        assertThat(last.dataset()).isEqualTo(other.dataset());
        assertThat(last.train()).isNotEqualTo(other.train());
    }

    @Test
    void thePackageConcernsAnyChangeOfItsContent() throws Exception {
        Stamp training = stamps(CPU).train();
        String before = packaging(training).key();
        project.spec("name: other\n");
        String renamed = packaging(training).key();
        project.write("target/ft/train/adapter/README.md", "# Other\n");

        assertThat(renamed).isNotEqualTo(before);
        assertThat(packaging(training).key()).isNotEqualTo(renamed);
    }

    @Test
    void theOutputDirectoryConcernsNobody() throws Exception {
        FineTune here = project.fineTune();
        Files.move(here.output(), directory.resolve("elsewhere"));
        FineTune elsewhere = project.fineTune(directory.resolve("elsewhere"));
        String key = new StageStamps(elsewhere, digests(), CPU).train().key();
        Files.move(directory.resolve("elsewhere"), here.output());

        assertThat(key).isEqualTo(keys(CPU).train());
    }

    @Test
    void evaluationConcernsWhatWasTrainedNotWhatTheJarTellsOfIt() throws Exception {
        Instant later = Instant.EPOCH.plusSeconds(500_000_000);
        Keys before = keys(CPU);
        jar("weights")
                .add("evaluation/scores.json", new byte[0])
                .add("fine-tune.yaml", "acceptance: []".getBytes(StandardCharsets.UTF_8))
                .write(jar, later);
        assertThat(keys(CPU)).isEqualTo(before);

        jar("other weights").write(jar, later);
        assertThat(keys(CPU).evaluate()).isNotEqualTo(before.evaluate());
    }

    @Test
    void anAdapterToGoOnFromIsTheSameInADirectoryAndInAJarAndSealed() throws Exception {
        String config = "{\"peft_type\":\"LORA\",\"target_modules\":[\"q_proj\"]}";
        Path begun = project.file("src/main/ft/begun");
        project.spec("adapter: {startFrom: begun}\n")
                .write("src/main/ft/begun/adapter_config.json", config)
                .write("src/main/ft/begun/adapter_model.safetensors", "weights");
        String key = keys(CPU).train();

        Files.delete(begun.resolve("adapter_config.json"));
        Files.delete(begun.resolve("adapter_model.safetensors"));
        Files.delete(begun);
        AdapterJar adapter = jar("weights").add("adapter_config.json", config.getBytes(StandardCharsets.UTF_8));
        adapter.write(begun, Instant.EPOCH.plusSeconds(400_000_000));
        assertThat(keys(CPU).train()).isEqualTo(key);
        adapter.add("evaluation/scores.json", new byte[0]).write(begun, Instant.EPOCH.plusSeconds(500_000_000));
        assertThat(keys(CPU).train()).isEqualTo(key);

        jar("other weights")
                .add("adapter_config.json", config.getBytes(StandardCharsets.UTF_8))
                .write(begun, Instant.EPOCH.plusSeconds(400_000_000));
        assertThat(keys(CPU).train()).isNotEqualTo(key);
        jar("weights").write(begun, Instant.EPOCH.plusSeconds(400_000_000));
        assertThatThrownBy(() -> keys(CPU))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("adapter.startFrom: src/main/ft/begun: its adapter has no adapter_config.json.");
    }

    @Test
    void evaluationConcernsWhatItIsComparedWith() throws Exception {
        ReleasedAdapter first = ReleasedAdapter.none(State.FIRST_RELEASE, "the first.");
        ReleasedAdapter one = new ReleasedAdapter(State.RELEASED, "g:a:1.0", "0", "compared.");
        ReleasedAdapter changed = new ReleasedAdapter(State.RELEASED, "g:a:1.0", "1", "compared.");
        StageStamps stamps = stamps(CPU);
        assertThat(Stream.of(null, first, one, changed)
                        .map(released -> evaluate(stamps, released))
                        .distinct())
                .hasSize(4);
        assertThat(stamps.evaluate(jar, one).changesSince(stamps.evaluate(jar, first)))
                .contains("released first-release -> g:a:1.0");
    }

    private String evaluate(StageStamps stamps, @Nullable ReleasedAdapter released) {
        try {
            return stamps.evaluate(jar, released).key();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AdapterJar jar(String weights) {
        return AdapterJar.of("g:a").add("adapter_model.safetensors", weights.getBytes(StandardCharsets.UTF_8));
    }

    private record Keys(String dataset, String train, String evaluate) {}

    private Keys keys(StageStamps.Compute compute) throws Exception {
        StageStamps stamps = stamps(compute);
        return new Keys(
                stamps.dataset().key(),
                stamps.train().key(),
                stamps.evaluate(jar, null).key());
    }

    private StageStamps stamps(StageStamps.Compute compute) throws IOException {
        return new StageStamps(project.fineTune(), digests(), compute);
    }

    private Stamp packaging(Stamp training) throws Exception {
        return StageStamps.packaging(project.fineTune(), digests(), "g:a", "1980-02-01T00:00:00Z", training);
    }

    private DigestCache digests() {
        return new DigestCache(directory.resolve("target/ft/digests.json"));
    }
}
