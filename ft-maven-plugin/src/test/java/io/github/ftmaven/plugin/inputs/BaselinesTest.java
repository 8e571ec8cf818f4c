package io.github.ftmaven.plugin.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.artifact.Provenance;
import io.github.ftmaven.plugin.artifact.SealedJar;
import io.github.ftmaven.plugin.repository.ModelArtifacts;
import io.github.ftmaven.plugin.repository.ReleasedAdapters;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselinesTest {
    private static final String RULE = "acceptance: [{metric: accuracy, over: released, minimumGain: 0}]\n";

    @TempDir
    Path directory;

    private final RepositorySystem repositories = mock(RepositorySystem.class);
    private TestProject project;

    @BeforeEach
    void project() throws Exception {
        project = new TestProject(directory).dataset().spec(RULE);
    }

    @Test
    void asksNobodyWhereNoRuleIsAboutIt() throws Exception {
        project.spec("");
        assertThat(find(null, "fail", null)).isNull();
        verifyNoInteractions(repositories);
    }

    @Test
    void noneIsNone() throws Exception {
        ReleasedModel released = found("none");
        assertThat(released.baseline().state()).isEqualTo(State.DISABLED);
        assertThat(released.baseline().reason()).isEqualTo("ft.baseline is none.");
        verifyNoInteractions(repositories);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> find("../release.jar", "fail", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.baseline: ../release.jar: no such file. Write the path of a released adapter's jar,"
                        + " GROUP:ARTIFACT:VERSION[:jar:CLASSIFIER], or none.");
    }

    @Test
    void refusesAVersionThatCanMove() {
        assertThatThrownBy(() -> find("it:adapter:RELEASE", "fail", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.baseline: mvn:it:adapter:RELEASE: the version RELEASE can change. Write a fixed"
                        + " version.");
    }

    @Test
    void refusesASnapshotInARelease() {
        assertThatThrownBy(() -> find("it:adapter:1.0-SNAPSHOT", "fail", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "-Dft.baseline: mvn:it:adapter:1.0-SNAPSHOT: a snapshot can change, and this build makes the"
                                + " release ");
        verifyNoInteractions(repositories);
    }

    @Test
    void refusesAnotherWordForWhatToDo() {
        assertThatThrownBy(() -> find(null, "warm", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.baseline.onUnavailable is warm. Write fail or warn. Did you mean 'warn'?");
    }

    @Test
    void refusesAPatternThatIsNone() {
        assertThatThrownBy(() -> find(null, "fail", "[0-9"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.baseline.versionPattern: [0-9: not a regular expression: Unclosed character class."
                        + " Write one that matches whole versions of releases, such as [0-9.]+.");
    }

    @Test
    void aFileIsComparedWithOnTheBaseItWasTrainedOn() throws Exception {
        release("model");
        ReleasedModel released = found("released.jar");
        assertThat(released.baseline().state()).isEqualTo(State.RELEASED);
        assertThat(released.baseline().name()).isEqualTo("released.jar");
        assertThat(released.jar()).isEqualTo("released.jar");
        assertThat(Objects.requireNonNull(released.base()).base()).isEqualTo("src/main/ft/model");
        assertThat(released.problem()).isNull();
    }

    /** ft:fetch needs no build before it. */
    @Test
    void isFoundBeforeThereIsADataset() throws Exception {
        release("model");
        Files.delete(project.file("target/ft/dataset/test.jsonl"));
        assertThat(Objects.requireNonNull(found("released.jar").base()).base()).isEqualTo("src/main/ft/model");
    }

    @Test
    void aBaseThatIsNotWhatItWasIsNamedButNoErrorYet() throws Exception {
        release("model");
        project.write("src/main/ft/model/tokenizer_config.json", "{ }")
                .write(
                        "src/main/ft/model/config.json",
                        Files.readString(project.file("src/main/ft/model/config.json")) + "\n");
        ReleasedModel released = found("released.jar");
        assertThat(released.base()).isNull();
        assertThat(released.problem())
                .isEqualTo("it was trained on another base, model, which is missing or has changed. Compare with"
                        + " another release (-Dft.baseline=GROUP:ARTIFACT:VERSION) or none (-Dft.baseline=none), and"
                        + " declare bases as hf:ORG/NAME@COMMIT or mvn:GROUP:ARTIFACT:VERSION, which cannot change.");
    }

    @Test
    void ofAnotherBaseTheOneItsSpecNames() throws Exception {
        Path old = Files.createDirectories(project.file("src/main/ft/old"));
        for (String name : List.of("tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
            Files.copy(project.file("src/main/ft/model/" + name), old.resolve(name));
        }
        Files.writeString(
                old.resolve("config.json"), Files.readString(project.file("src/main/ft/model/config.json")) + "\n");
        release("old");
        ReleasedModel released = found("released.jar");
        assertThat(Objects.requireNonNull(released.base()).base()).isEqualTo("src/main/ft/old");
    }

    @Test
    void aProvenanceBeyondTheLimitsOfJsonIsNamedWithItsPlace() throws Exception {
        release("model", "{\"base\": " + "[".repeat(1001));
        assertThat(found("released.jar").problem())
                .isEqualTo(
                        "released.jar!/provenance.json:1:1010: not valid JSON: it is nested more than 1000 levels deep."
                                + " Compare with another release.");
    }

    @Test
    void aJarThatIsNotWhatWasSealedIsAnError() throws Exception {
        Path jar = release("model");
        byte[] bytes = Files.readAllBytes(jar);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("the weights");
        bytes[at] = 'T';
        Files.write(jar, bytes);
        assertThatThrownBy(() -> find("released.jar", "fail", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("released.jar: the adapter changed since ft:check sealed it");
    }

    /** Writes {@code released.jar}, trained on this base and sealed. */
    private Path release(String base) throws Exception {
        return release(base, null);
    }

    /** The same with another provenance. */
    private Path release(String base, @Nullable String provenance) throws Exception {
        String spec = Files.readString(project.file("src/main/ft/fine-tune.yaml"));
        project.write("src/main/ft/fine-tune.yaml", spec.replace("model: model", "model: " + base));
        DigestCache digests = new DigestCache(directory.resolve("digests.json"));
        Stamp training = new StageStamps(
                        project.fineTune(), digests, new StageStamps.Compute("cpu", "", "linux-x86_64", 1, Map.of()))
                .train();
        Path jar = project.file("released.jar");
        AdapterJar.of("it:adapter")
                .add("adapter_model.safetensors", "the weights".getBytes(StandardCharsets.UTF_8))
                .add("fine-tune.yaml", project.file("src/main/ft/fine-tune.yaml"))
                .add(
                        "provenance.json",
                        provenance == null
                                ? new Provenance(project.fineTune(), digests).json(training, List.of())
                                : provenance.getBytes(StandardCharsets.UTF_8))
                .write(jar, Instant.parse("2026-01-31T12:00:00Z"));
        List<ItemScore> items = List.of(new ItemScore("t:1", "yes", "yes", Map.of("accuracy", 1.0)));
        ScoreSet test = new ScoreSet(
                ScoreSet.TEST,
                digests.sha256(project.file("target/ft/dataset/test.jsonl")),
                List.of(new ProviderScores("tuned", Map.of("accuracy", 1.0), items)));
        SealedJar.seal(
                jar,
                adapter -> SealedEvaluation.of(
                        adapter,
                        "it:adapter:1.0",
                        new Scores(adapter.trainedDigest(), List.of(test)),
                        JsonFile.object(),
                        ""));
        project.write("src/main/ft/fine-tune.yaml", spec);
        return jar;
    }

    private ReleasedModel found(String declared) throws Exception {
        return Objects.requireNonNull(find(declared, "fail", null));
    }

    private @Nullable ReleasedModel find(
            @Nullable String declared, String onUnavailable, @Nullable String versionPattern) throws Exception {
        ModelArtifacts artifacts = new ModelArtifacts(repositories);
        Baselines baselines = new Baselines(new ReleasedAdapters(repositories), artifacts, new InputFiles(artifacts));
        MavenSession session = mock(MavenSession.class);
        when(session.getRequest()).thenReturn(new DefaultMavenExecutionRequest());
        when(session.getRepositorySession()).thenReturn(new DefaultRepositorySystemSession());
        InputFiles.Goal goal =
                new InputFiles.Goal(new MavenProject(), session, new SystemStreamLog(), false, new File("cache"));
        return baselines.find(
                goal,
                project.fineTune(),
                new Baselines.Choice(declared, onUnavailable, versionPattern, "lora"),
                new DigestCache(directory.resolve("digests.json")));
    }
}
