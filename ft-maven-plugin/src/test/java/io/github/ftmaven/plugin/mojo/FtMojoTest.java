package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.worker.WorkerException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
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
        FtMojo inner = mojo(fineTune -> {});
        CompletableFuture<Void> second = new CompletableFuture<>();
        mojo(fineTune -> {
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
        FtMojo mojo = new FtMojo("test") {
            @Override
            boolean skipsGoal() {
                return false;
            }

            @Override
            void run(FineTune fineTune) throws IOException, WorkerException {
                run.run(fineTune);
            }
        };
        mojo.project = new MavenProject();
        mojo.project.setFile(project.file("pom.xml").toFile());
        mojo.spec = project.file("src/main/ft/fine-tune.yaml").toFile();
        mojo.outputDirectory = project.file("target/ft").toFile();
        mojo.cacheDirectory = project.file("cache").toFile();
        return mojo;
    }
}
