package io.github.ftmaven.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.lmeval.TaskSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskEvaluationTest {
    @TempDir
    Path directory;

    @Test
    void howATaskIsAskedIsPartOfItsQuestions() throws IOException {
        Files.writeString(directory.resolve("t.yaml"), """
                task: t
                dataset_path: json
                dataset_kwargs: {data_files: {test: d.jsonl}}
                test_split: test
                output_type: multiple_choice
                doc_to_text: "{{q}}"
                doc_to_choice: ["a", "b"]
                doc_to_target: y
                """);
        Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": 0}\n{\"q\": \"z\", \"y\": 1}\n");
        List<String> digests = List.of(
                digest(null, null), digest(0, null), digest(1, null), digest(null, 1), digest(1, 1), digest(null, 2));
        assertThat(digests).doesNotHaveDuplicates();
        assertThat(digest(1, 1)).isEqualTo(digests.get(4)).matches("[0-9a-f]{64}");
    }

    private String digest(@Nullable Integer fewShot, @Nullable Integer limit) {
        TaskSet tasks =
                TaskSet.read(List.of(new TaskSet.Source(directory.resolve("t.yaml"), "t.yaml", fewShot, limit)));
        return TaskEvaluation.digest(tasks, "t");
    }
}
