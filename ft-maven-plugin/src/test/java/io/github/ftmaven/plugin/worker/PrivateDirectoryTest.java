package io.github.ftmaven.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.junit.jupiter.api.Test;

/** What {@code ft:generate} asks must not stay in the directory of temporary files. */
class PrivateDirectoryTest {
    private final List<Path> used = new ArrayList<>();

    private Path fill(Path directory) throws IOException {
        used.add(directory);
        Files.writeString(directory.resolve("generate.request.json"), "{\"prompt\": \"a secret\"}");
        Files.writeString(directory.resolve("generate.events.jsonl"), "{}");
        Files.writeString(directory.resolve("generate.log"), "what libraries print");
        return directory;
    }

    @Test
    void isGoneAfterwards() throws Exception {
        String name = PrivateDirectory.during(
                "generate", directory -> fill(directory).getFileName().toString());
        assertThat(name).startsWith("ft-generate");
        assertThat(used)
                .hasSize(1)
                .allSatisfy(directory -> assertThat(directory).doesNotExist());
    }

    @Test
    void isGoneAfterAMistakeOfTheUser() {
        assertThatThrownBy(() -> PrivateDirectory.during("generate", directory -> {
                    fill(directory);
                    throw new InvalidInputException("ft.model: no such directory.");
                }))
                .isInstanceOf(InvalidInputException.class);
        assertThat(used)
                .hasSize(1)
                .allSatisfy(directory -> assertThat(directory).doesNotExist());
    }

    @Test
    void isGoneWhereNoWorkerWasStarted() {
        assertThatThrownBy(() -> PrivateDirectory.during("generate", directory -> {
                    used.add(directory);
                    throw new DependencyResolutionException(new DependencyResult(new DependencyRequest()), null);
                }))
                .isInstanceOf(DependencyResolutionException.class);
        assertThatThrownBy(() -> PrivateDirectory.during("generate", directory -> {
                    used.add(directory);
                    throw new WorkerException("No java was found.");
                }))
                .isInstanceOf(WorkerException.class);
        assertThat(used)
                .hasSize(2)
                .allSatisfy(directory -> assertThat(directory).doesNotExist());
    }

    @Test
    void leavesTheLogsThatAMessageNames() throws Exception {
        assertThatThrownBy(() -> PrivateDirectory.during("generate", directory -> {
                    fill(directory);
                    throw new WorkerException("The worker of ft:generate crashed. Its log is generate.log.");
                }))
                .isInstanceOf(WorkerException.class);
        assertThat(used.get(0)).isDirectoryContaining("glob:**.log").isDirectoryNotContaining("glob:**.json*");
        Files.delete(used.get(0).resolve("generate.log"));
        Files.delete(used.get(0));
    }
}
