package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecFieldsTest {
    @TempDir
    Path directory;

    @Test
    void namesEveryValueByItsPath() {
        assertThat(SpecFields.flatten(GoodSpecTest.read("complete")))
                .containsAllEntriesOf(Map.of(
                        "name", "clause-triage",
                        "dataset.train[1]", "data/b-*.csv",
                        "dataset.validation[0]", "data/validation.jsonl",
                        "dataset.columns.prompt", "question",
                        "adapter.targets[1]", "v_proj",
                        "training.learningRate", "0.005",
                        "training.seed", "9007199254740993",
                        "evaluation.metrics[0]", "macro-f1",
                        "acceptance[1].minimumGain", "0.05"))
                .doesNotContainKeys("acceptance[0].over", "acceptance[1].minimum");
        assertThat(SpecFields.flatten(GoodSpecTest.read("minimal")))
                .containsAllEntriesOf(Map.of(
                        "training.learningRate", "2.0E-4",
                        "dataset.validation", "0.0",
                        "adapter.targets", "all-linear"))
                .doesNotContainKeys("name", "dataset.system", "acceptance[0].metric");
    }

    @Test
    void differsExactlyWhereSpecsDiffer() throws IOException {
        String spec = Files.readString(GoodSpecTest.DIRECTORY.resolve("minimal.yaml"));
        SortedMap<String, String> before = SpecFields.flatten(GoodSpecTest.read("minimal"));
        Path file = Files.writeString(directory.resolve("spec.yaml"), spec + "training: {learningRate: 1e-4}\n");
        SortedMap<String, String> after = SpecFields.flatten(SpecReader.read(file));
        assertThat(before.entrySet().stream().filter(field -> !after.entrySet().contains(field)))
                .containsExactly(Map.entry("training.learningRate", "2.0E-4"));
        assertThat(after.entrySet().stream().filter(field -> !before.entrySet().contains(field)))
                .containsExactly(Map.entry("training.learningRate", "1.0E-4"));
    }
}
