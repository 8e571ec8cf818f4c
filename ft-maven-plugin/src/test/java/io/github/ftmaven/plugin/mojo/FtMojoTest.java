package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.build.Claims;
import io.github.ftmaven.plugin.worker.RecordingLog;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose fault it is: the user's fails the build, a machine's is an error. */
class FtMojoTest {
    @TempDir
    Path directory;

    private TestProject project;

    @BeforeEach
    void write() throws IOException {
        project = new TestProject(directory);
    }

    @Test
    void whatTheUserDidWrongFailsTheBuildInTheMessagesOwnWords() {
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new InvalidInputException("a.yaml:1: wrong");
                        })
                        .execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("a.yaml:1: wrong");
    }

    @Test
    void severalLinesBeginBelowMavensOwnSentence() {
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new InvalidInputException("a.yaml:1: wrong\na.yaml:2: wrong");
                        })
                        .execute())
                .hasMessage("\na.yaml:1: wrong\na.yaml:2: wrong");
    }

    /** Maven prints the messages of causes, too. */
    @Test
    void whatSomebodyElseWroteIsOnlyPrinted() {
        String evil = "\u001b[2J::set-output name=x::y" + "z".repeat(270_000);
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new InvalidInputException("row 1: " + evil, new IOException(evil));
                        })
                        .execute())
                .satisfies(e -> {
                    for (Throwable each = e; each != null; each = each.getCause()) {
                        assertThat(each.getMessage()).doesNotContain("\u001b").hasSizeLessThan(8_100);
                    }
                    assertThat(e).hasMessageStartingWith("row 1: ").cause().hasRootCauseInstanceOf(Exception.class);
                });
    }

    @Test
    void whatIsHarmlessKeepsItsCause() {
        InvalidInputException cause = new InvalidInputException("wrong", new IOException("disk"));
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw cause;
                        })
                        .execute())
                .hasCause(cause);
    }

    @Test
    void whatItSaysGoesThroughOneDoor() throws Exception {
        RecordingLog log = new RecordingLog();
        FtMojo mojo = mojo(fineTune -> {});
        mojo.setLog(log);
        mojo.getLog().warn("a\u001b[31m");
        mojo.getLog().info("##vso[task.complete]");
        assertThat(log.lines()).containsExactly("WARN a\uFFFD[31m", "INFO # #vso[task.complete]");
    }

    @Test
    void aFailedWorkerIsAnError() {
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new WorkerException("killed");
                        })
                        .execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("killed");
    }

    @Test
    void filesThatCannotBeReadAreErrors() {
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new UncheckedIOException(new IOException("disk full"));
                        })
                        .execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("disk full");
    }

    @Test
    void aSpecThatIsNotThereFailsTheBuild() throws Exception {
        FtMojo mojo = mojo(fineTune -> {});
        mojo.spec = directory.resolve("src/main/ft/other.yaml").toFile();

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("src/main/ft/other.yaml: no such file.");
    }

    /** The message of such an exception is a path, and nothing else. */
    @Test
    void saysWhatIsWrongWithAFile() {
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new AccessDeniedException("/data/train.jsonl");
                        })
                        .execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("ft:test could not read or write a file: /data/train.jsonl: permission denied");
    }

    @Test
    void namesThePropertyOfADirectoryThatIsNotTheProjects() {
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new FileSystemException(
                                    project.file("cache/leases/.guard").toString(), null, "Read-only file system");
                        })
                        .execute())
                .hasMessage("ft:test could not read or write a file: " + project.file("cache/leases/.guard")
                        + ": Read-only file system. Set ft.cacheDirectory to use another cache directory.");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "ft-generate123");
        assertThatThrownBy(() -> mojo(fineTune -> {
                            throw new NoSuchFileException(temporary.toString());
                        })
                        .execute())
                .hasMessage("ft:test could not read or write a file: " + temporary
                        + ": no such file or directory. It is in Java's temporary directory. Set"
                        + " -Djava.io.tmpdir=DIRECTORY in MAVEN_OPTS to use another.");
    }

    @Test
    void aModuleThatInheritsTheGoalsWithoutASpecIsToldWhatToDo() throws Exception {
        FtMojo mojo = mojo(fineTune -> {});
        mojo.spec = directory.resolve("src/main/ft/other.yaml").toFile();
        mojo.mojoExecution = new MojoExecution(new Plugin(), "test", "inherited");
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("src/main/ft/other.yaml: no such file. Write this module's spec there. If it needs no spec,"
                        + " do not let it inherit the goals: move them to <pluginManagement> in the parent,"
                        + " or set the property ft.skip in this module.");
        mojo.project.setPackaging("lora-adapter");
        assertThatThrownBy(mojo::execute).hasMessageStartingWith("src/main/ft/other.yaml: no such file.");
    }

    @Test
    void aParentWithoutASpecHasNothingToDo() throws Exception {
        assertThat(said("pom", new MojoExecution(new Plugin(), "test", "inherited"), List.of()))
                .containsExactly("INFO ft:test has nothing to do: there is no src/main/ft/other.yaml in this module"
                        + " with packaging pom.");
    }

    @Test
    void aGoalOfTheCommandLinePassesOverModulesWithoutASpec() throws Exception {
        MavenProject module = new MavenProject();
        Path file =
                Files.createDirectories(directory.resolve("module/src/main/ft")).resolve("other.yaml");
        module.setFile(directory.resolve("module/pom.xml").toFile());
        assertThatThrownBy(() -> said("jar", cli(), List.of(module)))
                .hasMessageStartingWith("src/main/ft/other.yaml: no such file.");
        Files.writeString(file, "");
        assertThat(said("jar", cli(), List.of(module)))
                .containsExactly(
                        "INFO ft:test has nothing to do: there is no src/main/ft/other.yaml in this module, only in"
                                + " others.");
        assertThat(said("pom", cli(), List.of(module, module)))
                .containsExactly("INFO ft:test has nothing to do: there is no src/main/ft/other.yaml in this module"
                        + " with packaging pom.");
        // Alone it is a mistake.
        Files.delete(file);
        assertThatThrownBy(() -> said("pom", cli(), List.of(module)))
                .hasMessageStartingWith("src/main/ft/other.yaml: no such file.");
    }

    private static MojoExecution cli() {
        return new MojoExecution(new MojoDescriptor(), "default-cli", MojoExecution.Source.CLI);
    }

    private List<String> said(String packaging, MojoExecution execution, List<MavenProject> modules) throws Exception {
        FtMojo mojo = mojo(fineTune -> {});
        RecordingLog log = new RecordingLog();
        mojo.setLog(log);
        mojo.project.setPackaging(packaging);
        mojo.spec = directory.resolve("src/main/ft/other.yaml").toFile();
        mojo.mojoExecution = execution;
        mojo.session = mock(MavenSession.class);
        when(mojo.session.getProjects()).thenReturn(modules);
        mojo.execute();
        return log.lines();
    }

    @Test
    void twoSpecsDoNotShareAnOutputDirectory() throws Exception {
        FtMojo first = mojo(fineTune -> {});
        first.execute();
        first.execute();
        FtMojo second = mojo(fineTune -> {});
        second.project = first.project;
        project.write("src/main/ft/second.yaml", "x");
        second.spec = project.file("src/main/ft/second.yaml").toFile();
        assertThatThrownBy(second::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("Two fine-tunes of this build, src/main/ft/fine-tune.yaml and src/main/ft/second.yaml, have"
                        + " the same output directory, target/ft. Set a separate <outputDirectory> in one of"
                        + " their executions.");
    }

    @Test
    void twoFineTunesDoNotPackageTheSameJar() {
        Claims claims = new Claims(mojo(fineTune -> {}).project);
        claims.jar(project.file("target/ft"), project.file("target/p.jar"));
        claims.jar(project.file("target/ft"), project.file("target/p.jar"));
        assertThatThrownBy(() -> claims.jar(project.file("target/second"), project.file("target/p.jar")))
                .hasMessage("target/p.jar: this build packaged target/ft there, and target/second would overwrite it."
                        + " Set a separate <classifier> in one of their executions.");
        assertThatThrownBy(() -> claims.jar(project.file("target/ft"), project.file("target/p-b.jar")))
                .hasMessage("This build packaged target/ft as target/p.jar and must not package it as target/p-b.jar"
                        + " too. Set a separate <outputDirectory> in one of their executions.");
    }

    @Test
    void isToldTheProjectsFineTune() throws Exception {
        mojo(fineTune -> {
                    assertThat(fineTune.project()).isEqualTo(directory);
                    assertThat(fineTune.output()).isEqualTo(directory.resolve("target/ft"));
                    assertThat(fineTune.specDirectory()).isEqualTo(directory.resolve("src/main/ft"));
                })
                .execute();
    }

    @Test
    void nobodyElseWorksInItsOutputMeanwhile() throws Exception {
        assertWaits(mojo(fineTune -> {}));
    }

    @Test
    void nobodyElseWorksInItsOutputByAnotherName() throws Exception {
        FtMojo inner = mojo(fineTune -> {});
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        inner.outputDirectory = link.resolve("target/ft").toFile();
        assertWaits(inner);
    }

    @Test
    void nobodyElseChangesTheJarThatItReads() throws Exception {
        FtMojo inner = readsJar(fineTune -> {});
        inner.outputDirectory = project.file("target/elsewhere").toFile();
        assertWaits(this::readsJar, inner);
    }

    @Test
    void goalsThatOnlyShareAJarDoNotWaitIfTheyDoNotReadIt() throws Exception {
        FtMojo inner = readsJar(fineTune -> {});
        inner.outputDirectory = project.file("target/elsewhere").toFile();
        mojo(fineTune -> {
                    try {
                        inner.execute();
                    } catch (MojoExecutionException | MojoFailureException e) {
                        throw new IOException(e);
                    }
                })
                .execute();
    }

    @Test
    void theGoalsThatReadTheJarSaySo() {
        assertThat(mock(PackageMojo.class, CALLS_REAL_METHODS).touchesArtifact())
                .isTrue();
        assertThat(mock(EvaluateMojo.class, CALLS_REAL_METHODS).touchesArtifact())
                .isTrue();
        assertThat(mock(CheckMojo.class, CALLS_REAL_METHODS).touchesArtifact()).isTrue();
    }

    private void assertWaits(FtMojo inner) throws Exception {
        assertWaits(this::mojo, inner);
    }

    private void assertWaits(Function<Run, FtMojo> outer, FtMojo inner) throws Exception {
        CompletableFuture<Void> second = new CompletableFuture<>();
        outer.apply(fineTune -> {
                    new Thread(() -> {
                                try {
                                    inner.execute();
                                    second.complete(null);
                                } catch (Exception e) {
                                    second.completeExceptionally(e);
                                }
                            })
                            .start();
                    try {
                        Thread.sleep(300);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    assertThat(second).isNotDone();
                })
                .execute();
        assertThat(second).succeedsWithin(Duration.ofSeconds(60));
    }

    private interface Run {
        void run(FineTune fineTune) throws IOException, WorkerException;
    }

    private FtMojo mojo(Run run) {
        return mojo(run, false);
    }

    private FtMojo readsJar(Run run) {
        return mojo(run, true);
    }

    private FtMojo mojo(Run run, boolean touchesArtifact) {
        FtMojo mojo = new FtMojo("test") {
            @Override
            boolean skipsGoal() {
                return false;
            }

            @Override
            boolean touchesArtifact() {
                return touchesArtifact;
            }

            @Override
            void run(FineTune fineTune) throws IOException, WorkerException {
                run.run(fineTune);
            }
        };
        mojo.project = new MavenProject();
        mojo.project.setFile(project.file("pom.xml").toFile());
        mojo.project.getBuild().setDirectory(project.file("target").toString());
        mojo.project.getBuild().setFinalName("p");
        mojo.spec = project.file("src/main/ft/fine-tune.yaml").toFile();
        mojo.outputDirectory = project.file("target/ft").toFile();
        mojo.cacheDirectory = project.file("cache").toFile();
        return mojo;
    }
}
