package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.repository.ModelArtifacts;
import io.github.ftmaven.plugin.repository.ReleasedAdapters;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.acceptance.ReleasedBaseline.State;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
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
        WorkRequest.Released released = find("none", "fail", null);
        assertThat(released).isNotNull();
        assertThat(released.baseline().state()).isEqualTo(State.DISABLED);
        assertThat(released.baseline().reason()).isEqualTo("ft.baseline is none.");
        verifyNoInteractions(repositories);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> find("../release.jar", "fail", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.baseline: ../release.jar: no such file. Write the file of a released adapter,"
                        + " GROUP:ARTIFACT:VERSION[:jar:CLASSIFIER], or none.");
    }

    @Test
    void refusesAVersionThatCanMove() {
        assertThatThrownBy(() -> find("it:adapter:RELEASE", "fail", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.baseline: mvn:it:adapter:RELEASE: the version RELEASE can move. Write a version.");
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
                        + " Write one that released versions match as a whole, such as [0-9.]+.");
    }

    private WorkRequest.@Nullable Released find(
            @Nullable String declared, String onUnavailable, @Nullable String versionPattern) throws Exception {
        ModelArtifacts artifacts = new ModelArtifacts(repositories);
        Baselines baselines = new Baselines(new ReleasedAdapters(repositories), artifacts, new InputFiles(artifacts));
        InputFiles.Goal goal = new InputFiles.Goal(
                new MavenProject(), mock(MavenSession.class), new SystemStreamLog(), false, new File("cache"));
        return baselines.find(
                goal,
                project.fineTune(),
                new Baselines.Wish(declared, onUnavailable, versionPattern, "lora"),
                new DigestCache(directory.resolve("digests.json")));
    }
}
