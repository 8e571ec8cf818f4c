package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Rows without an answer, and rows that a teacher answered. */
class PromptFuzzTest extends FuzzedReader {
    PromptFuzzTest() {
        super("prompts");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"prompt": "a"}
                {"prompt": [{"role": "user", "content": "b"}], "completion": []}
                {"instruction": "c", "input": "d", "output": ""}
                {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "e"}], "tools": [{}]}
                {"conversations": [{"from": "human", "value": "f"}]}
                {"prompt": "g", "completion": "h", "metadata": {"n": 1}}
                """.getBytes(StandardCharsets.UTF_8), """
                {"prompt": "a", "completion": "b", "metadata": {"origin": "distilled", "teacher": "big",\
                 "teacherServer": "here", "teacherRequest": "0a"}}
                """.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws IOException {
        ProjectPaths paths = new ProjectPaths(directory);
        Files.write(directory.resolve("rows.jsonl"), input);
        RowRules rules = RowRules.of(new TestSpec().spec().dataset());
        if (new String(input, StandardCharsets.ISO_8859_1).contains("teacherRequest")) {
            DistilledRows.read(new TestSpec().spec().dataset(), directory.resolve("rows.jsonl"), paths);
        } else {
            new UnansweredRows(rules, paths).read(List.of(directory.resolve("rows.jsonl")));
        }
    }
}
