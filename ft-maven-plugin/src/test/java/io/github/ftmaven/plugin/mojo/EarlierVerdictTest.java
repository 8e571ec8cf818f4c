package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.artifact.EarlierVerdict;
import io.github.ftmaven.plugin.artifact.Reuse;
import io.github.ftmaven.plugin.artifact.SealedJar;
import io.github.ftmaven.plugin.inputs.InputFiles;
import io.github.ftmaven.plugin.repository.ModelArtifacts;
import io.github.ftmaven.plugin.worker.RecordingLog;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an earlier build was judged to be is no verdict on this one. */
class EarlierVerdictTest {
    @TempDir
    Path directory;

    private TestProject project;
    private Path jar;
    private Path opened;

    @BeforeEach
    void judged() throws IOException {
        project = new TestProject(directory);
        for (String file :
                List.of("summary.json", "evaluation/report.html", "evaluation/report.md", "evaluation/scores.json")) {
            project.write("target/ft/" + file, "PASS");
        }
        jar = directory.resolve("target/p-1.0-lora.jar");
        AdapterJar.of("g:p")
                .add("README.md", bytes("# Card\n"))
                .add("adapter_model.safetensors", bytes("weights"))
                .write(jar, Instant.parse("2026-01-31T12:00:00Z"));
        opened = Files.copy(jar, directory.resolve("opened.jar"));
        SealedJar.seal(jar, adapter -> {
            TreeMap<String, byte[]> files = new TreeMap<>();
            files.put("evaluation/seal.json", bytes("PASS"));
            files.put("README.md", bytes("# Card\n" + PackagedAdapter.CARD_MARK + "PASS"));
            return files;
        });
        // No jar of an adapter, and one of another project.
        project.write("target/p-1.0-sources.jar", "PK");
        Files.copy(jar, directory.resolve("target/q-1.0-lora.jar"));
    }

    @ParameterizedTest
    @CsvSource({
        // Runs, is skipped, all are skipped.
        "true, false, false, true",
        "true, true, false, true",
        "true, false, true, true",
        // No step of the build.
        "false, false, false, false",
        "false, true, false, false",
    })
    void goesFirstOfAll(boolean stage, boolean skipsGoal, boolean skip, boolean gone) throws Exception {
        FtMojo mojo = mojo(stage, skipsGoal, false);
        mojo.skip = skip;
        mojo.execute();
        assertWithdrawn(gone);
    }

    @Test
    void goesBeforeTheSpecIsRead() throws IOException {
        FtMojo mojo = mojo(true, false, false);
        mojo.spec = directory.resolve("none.yaml").toFile();
        assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
        assertWithdrawn(true);
    }

    @Test
    void goesWhenTheFirstGoalOfABuildFails() throws IOException {
        FtMojo mojo = mojo(false, false, true);
        assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
        assertWithdrawn(true);
    }

    @Test
    void aCheckThatIsSkippedIsAWarning() throws Exception {
        CheckMojo check = new CheckMojo(new InputFiles(new ModelArtifacts(mock(RepositorySystem.class))));
        RecordingLog log = new RecordingLog();
        check.setLog(log);
        set(check);
        check.skipCheck = true;
        check.execute();
        assertThat(log.lines())
                .containsExactly(
                        "WARN ft:check is skipped: ft.check.skip is true. This build has no verdict, and the adapter"
                                + " is not sealed.");
        assertWithdrawn(true);
    }

    /** A goal after {@code ft:evaluate} finds the report that is of this build. */
    @Test
    void aReportOfThisBuildStays() throws Exception {
        FtMojo mojo = mojo(true, true, false);
        Reuse.of(mojo.project, project.file("target/ft")).measured(project.file("target/ft/evaluation/scores.json"));
        mojo.execute();
        assertThat(project.file("target/ft/evaluation/report.html")).exists();
        assertThat(project.file("target/ft/evaluation/report.md")).exists();
        assertThat(project.file("target/ft/summary.json")).doesNotExist();
        assertThat(SealedJar.isSealed(jar)).isFalse();
    }

    /** Two fine-tunes of one project: what one was judged to be in this build is not the other's to take back. */
    @Test
    void anotherFineTuneOfThisBuildStaysSealed() throws Exception {
        FtMojo mojo = mojo(true, true, false);
        EarlierVerdict.rememberSeal(mojo.project, jar, project.file("target/other"));
        mojo.execute();
        assertThat(SealedJar.isSealed(jar)).isTrue();
        EarlierVerdict.rememberSeal(mojo.project, jar, project.file("target/ft"));
        mojo.execute();
        assertThat(SealedJar.isSealed(jar)).isFalse();
    }

    @Test
    void scoresOfAnotherFineTuneOfThisBuildAreNotMistakenForIts() throws Exception {
        MavenProject two = mojo(true, true, false).project;
        project.write("target/other/scores.json", "OTHER");
        Path scores = project.file("target/ft/evaluation/scores.json");
        Reuse.of(two, project.file("target/ft")).measured(scores);
        Reuse.of(two, project.file("target/other")).measured(project.file("target/other/scores.json"));
        Reuse.of(two, project.file("target/ft")).requireMeasured(scores, "scores.json");
    }

    private void assertWithdrawn(boolean gone) throws IOException {
        for (String file : List.of("summary.json", "evaluation/report.html", "evaluation/report.md")) {
            assertThat(Files.exists(project.file("target/ft/" + file))).isEqualTo(!gone);
        }
        assertThat(project.file("target/ft/evaluation/scores.json")).exists();
        assertThat(SealedJar.isSealed(jar)).isEqualTo(!gone);
        if (gone) {
            assertThat(jar).hasSameBinaryContentAs(opened);
        }
        assertThat(SealedJar.isSealed(directory.resolve("target/q-1.0-lora.jar")))
                .isTrue();
        assertThat(project.file("target/p-1.0-sources.jar")).hasContent("PK");
    }

    private FtMojo mojo(boolean stage, boolean skipped, boolean fails) {
        FtMojo mojo = new FtMojo("test") {
            @Override
            boolean skipsGoal() {
                return skipped;
            }

            @Override
            boolean isStage() {
                return stage;
            }

            @Override
            void failed() throws IOException {
                withdrawVerdict();
            }

            @Override
            void run(FineTune fineTune) {
                if (fails) {
                    throw new InvalidInputException("wrong");
                }
            }
        };
        set(mojo);
        return mojo;
    }

    private void set(FtMojo mojo) {
        mojo.project = new MavenProject();
        mojo.project.setFile(project.file("pom.xml").toFile());
        mojo.project.setPackaging("jar");
        mojo.project.getBuild().setDirectory(project.file("target").toString());
        mojo.project.getBuild().setFinalName("p-1.0");
        mojo.spec = project.file("src/main/ft/fine-tune.yaml").toFile();
        mojo.outputDirectory = project.file("target/ft").toFile();
        mojo.cacheDirectory = project.file("cache").toFile();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
