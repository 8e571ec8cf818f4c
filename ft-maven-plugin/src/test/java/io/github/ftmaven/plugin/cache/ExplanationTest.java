package io.github.ftmaven.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.files.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a project that was built, when something about it changes. */
class ExplanationTest {
    @TempDir
    Path directory;

    private TestProject project;
    private Path jar;

    @BeforeEach
    void build() throws Exception {
        jar = directory.resolve("target/a.jar");
        project = new TestProject(directory).dataset().adapter();
        AdapterJar.of("g:a")
                .add("adapter_model.safetensors", "weights".getBytes(StandardCharsets.UTF_8))
                .write(jar, Instant.EPOCH.plusSeconds(400_000_000));
        project.write("target/ft/evaluation/scores.json", "{}");
        built(null);
    }

    @Test
    void nothingChanged() throws Exception {
        assertThat(explain())
                .hasSize(4)
                .allMatch(
                        line -> line.matches("(Reading the dataset|Training|Packaging|Evaluating) \\[\\p{XDigit}{12}] "
                                + "is up to date\\."));
    }

    @Test
    void aSettingChanged() throws Exception {
        project.spec("training: {learningRate: 1.0e-3}\n");

        assertThat(explain().stream().map(ExplanationTest::withoutKey))
                .containsExactly(
                        "Reading the dataset is up to date.",
                        "Training runs again. Differences from the present result:",
                        "    training.learningRate 2.0E-4 -> 0.001",
                        "Packaging runs again, after: Training.",
                        "Evaluating runs again only if this changes: what was trained.");
    }

    @Test
    void anEvaluationPromptChanged() throws Exception {
        project.write("src/main/ft/prompt.txt", "Think. {{prompt}}");
        project.spec("evaluation: {baselines: [{prompt: prompt.txt}]}\n");
        built(null);
        project.write("src/main/ft/prompt.txt", "Think hard. {{prompt}}");

        assertThat(explain().stream().map(ExplanationTest::withoutKey))
                .containsExactly(
                        "Reading the dataset is up to date.",
                        "Training is up to date.",
                        "Packaging is up to date.",
                        "Evaluating runs again. Differences from the present result:",
                        "    src/main/ft/prompt.txt");
    }

    @Test
    void dataChangedAndWhatComesOfItIsNotKnown() throws Exception {
        project.write("src/main/ft/data/train.jsonl", "{\"completion\":\"b\",\"prompt\":\"a\"}\n");

        assertThat(explain().stream().map(ExplanationTest::withoutKey))
                .startsWith(
                        "Reading the dataset runs again. Differences from the present result:",
                        "    src/main/ft/data/train.jsonl",
                        "Training runs again only if this changes: ft:dataset/train.jsonl,"
                                + " ft:dataset/validation.jsonl.",
                        "Packaging runs again, after: Training.");
    }

    @Test
    void cleanedButKept() throws Exception {
        keep();
        Directories.delete(directory.resolve("target/ft"));
        Files.delete(jar);

        assertThat(explain().stream().map(ExplanationTest::withoutKey))
                .satisfiesExactly(
                        line -> assertThat(line).matches("Reading the dataset is taken from the cache, computed .*\\."),
                        line -> assertThat(line).matches("Training is taken from the cache, computed .*\\."),
                        line -> assertThat(line).isEqualTo("Packaging runs again, after: Training."),
                        line -> assertThat(line)
                                .isEqualTo("Evaluating runs again only if this changes: what was" + " trained."));
    }

    @Test
    void cleanedAndSomethingLikeItIsKept() throws Exception {
        keep();
        Directories.delete(directory.resolve("target/ft"));
        Files.delete(jar);
        project.spec("training: {seed: 7}\n");

        assertThat(explain().stream().map(ExplanationTest::withoutKey))
                .anyMatch(line -> line.matches("Training runs again. Differences from the nearest cached result, .*:"))
                .contains("    training.seed 42 -> 7");
    }

    @Test
    void cleanedAndNothingIsKept() throws Exception {
        Directories.delete(directory.resolve("target/ft"));
        Files.delete(jar);

        assertThat(explain().stream().map(ExplanationTest::withoutKey))
                .startsWith(
                        "Reading the dataset runs: there is no earlier result here and no similar one in the cache.",
                        "Training runs: there is no earlier result here and no similar one in the cache.");
    }

    @Test
    void theReleaseIsTakenForTheSame() throws Exception {
        built(new ReleasedAdapter(ReleasedAdapter.State.RELEASED, "g:a:1.0", "0", "compared."));

        assertThat(explain(true)).hasSize(4).allMatch(line -> line.endsWith("is up to date."));
        assertThat(explain(false).stream().map(ExplanationTest::withoutKey))
                .endsWith(
                        "Evaluating runs again. Differences from the present result:",
                        "    of the release (gone)",
                        "    released g:a:1.0 -> absent");
    }

    @Test
    void aFirstRuleAboutTheReleaseMayNeedItAsked() throws Exception {
        assertThat(explain(true).stream().map(ExplanationTest::withoutKey))
                .endsWith("Evaluating runs again only if this changes: released.");
    }

    private ResultCache cache() {
        return new ResultCache(directory.resolve("cache"), 1_000_000, null);
    }

    /** Records what a build with the present spec would. */
    private void built(@Nullable ReleasedAdapter released) throws IOException {
        FineTune fineTune = project.fineTune();
        Stamps records = records(digests());
        StageStamps stamps = stamps(fineTune, digests());
        records.record(Stage.dataset(fineTune.output()), stamps.dataset());
        records.record(Stage.train(fineTune.output()), stamps.train());
        records.record(Stage.packaging(fineTune.output(), jar, List.of()), packaging(fineTune, stamps.train()));
        records.record(Stage.evaluate(fineTune.output()), stamps.evaluate(jar, released));
    }

    private void keep() throws IOException {
        FineTune fineTune = project.fineTune();
        StageStamps stamps = stamps(fineTune, digests());
        keep(Stage.dataset(fineTune.output()), stamps.dataset());
        keep(Stage.train(fineTune.output()), stamps.train());
        keep(Stage.evaluate(fineTune.output()), stamps.evaluate(jar, null));
    }

    private void keep(Stage stage, Stamp stamp) throws IOException {
        try (HeldResult held = cache().hold(stage, project.fineTune().output(), stamp, told -> {})) {
            held.keep();
        }
    }

    private List<String> explain() throws IOException {
        return explain(false);
    }

    private List<String> explain(boolean released) throws IOException {
        FineTune fineTune = project.fineTune();
        DigestCache digests = digests();
        StageStamps stamps = stamps(fineTune, digests);
        Explanation explanation = new Explanation(fineTune.output(), records(digests), digests, cache());
        explanation.explain(Stage.dataset(fineTune.output()), stamps.dataset());
        Stage packaging = Stage.packaging(fineTune.output(), jar, List.of());
        Stamp training = stamps.train();
        if (explanation.explain(Stage.train(fineTune.output()), training) == Explanation.Outcome.UP_TO_DATE) {
            explanation.explainPackaging(packaging, packaging(fineTune, training));
        } else {
            explanation.explainPackagingAfter(packaging, Stage.train(fineTune.output()));
        }
        explanation.explainEvaluation(Stage.evaluate(fineTune.output()), stamps.evaluate(jar, null), released, true);
        return explanation.lines();
    }

    private Stamp packaging(FineTune fineTune, Stamp training) throws IOException {
        return StageStamps.packaging(fineTune, digests(), "g:a", "1980-02-01T00:00:00Z", training);
    }

    private Stamps records(DigestCache digests) {
        return new Stamps(directory, digests);
    }

    private static StageStamps stamps(FineTune fineTune, DigestCache digests) {
        return new StageStamps(fineTune, digests, new StageStamps.Compute("cpu", "", "linux-x86_64", 2, Map.of()));
    }

    private DigestCache digests() {
        return new DigestCache(directory.resolve("target/ft/digests.json"));
    }

    private static String withoutKey(String line) {
        return line.replaceFirst(" \\[\\p{XDigit}{12}]", "");
    }
}
