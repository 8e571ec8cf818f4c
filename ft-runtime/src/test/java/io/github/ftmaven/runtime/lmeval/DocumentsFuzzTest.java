package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.file.Files;
import java.util.List;

/** The data of a task of lm-evaluation-harness. */
class DocumentsFuzzTest extends FuzzedReader {
    DocumentsFuzzTest() {
        super("documents");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                resource("/lmeval/tasks/data/sums-train.jsonl"),
                resource("/lmeval/tasks/data/capitals-train.json"),
                resource("/lmeval/tasks/data/claims.csv"));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        if (input.length == 0 || (input[0] != '{' && input[0] != '[')) {
            TaskDocuments.csv(List.of(Files.write(directory.resolve("d.csv"), input)), List.of("d.csv"));
        } else {
            TaskDocuments.json(List.of(Files.write(directory.resolve("d.json"), input)), List.of("d.json"));
        }
    }
}
