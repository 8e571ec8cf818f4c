package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.util.List;

/** A task of lm-evaluation-harness. */
class TaskFuzzTest extends FuzzedReader {
    TaskFuzzTest() {
        super("task");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/lmeval/tasks/sums.yaml"),
                resource("/lmeval/tasks/capitals.yaml"),
                resource("/lmeval/tasks/pronouns.yaml"),
                resource("/lmeval/tasks/claims.yaml"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Files.createDirectories(directory.resolve("data"));
        for (String name : List.of(
                "sums-train.jsonl",
                "sums-test.jsonl",
                "capitals-train.json",
                "capitals-test.jsonl",
                "words.jsonl",
                "pronouns.jsonl",
                "claims.csv")) {
            if (!Files.exists(directory.resolve("data").resolve(name))) {
                Files.write(directory.resolve("data").resolve(name), resource("/lmeval/tasks/data/" + name));
            }
        }
        TaskSet.read(List.of(new TaskSet.Source(Files.write(directory.resolve("t.yaml"), input), "t.yaml", null, 2)))
                .check();
    }
}
