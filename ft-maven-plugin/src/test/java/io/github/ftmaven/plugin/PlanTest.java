package io.github.ftmaven.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private static final String PATTERNS = """
            adapter:
              patterns: [{modules: q_proj, rank: 4}]
            """;

    private final Path directory;
    private final TestProject project;

    PlanTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        project = new TestProject(directory);
    }

    @Test
    void refusesADockerfileThatCouldNotBePackagedBeforeTheBaseIsThere() {
        assertThatThrownBy(() -> plan(PATTERNS + "artifact: {docker: vllm}\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("artifact.docker: vllm: vLLM must not load it: it silently ignores different ranks and"
                        + " alphas for some modules. Add merged to artifact.formats.");
        assertThatThrownBy(() -> plan("adapter: {rank: 513}\nartifact: {docker: vllm}\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("artifact.docker: vllm: vLLM cannot load it: the highest `--max-lora-rank` is 512, and its"
                        + " rank is 513. Add merged to artifact.formats.");
    }

    @Test
    void servesWhatIsMergedWhateverTheAdapter() throws IOException {
        assertThat(plan(PATTERNS + "artifact: {docker: vllm, formats: [peft, merged]}\n"))
                .isNotEmpty();
        assertThat(plan("adapter: {method: full}\nartifact: {docker: vllm}\n")).isNotEmpty();
    }

    /** The base is not located, as one of the hub that is still to be fetched. */
    private List<String> plan(String more) throws IOException {
        project.spec(more);
        return Plan.of(
                FineTune.read(
                        directory,
                        project.file("src/main/ft/fine-tune.yaml"),
                        project.file("target/ft"),
                        UnaryOperator.identity()),
                "t");
    }
}
