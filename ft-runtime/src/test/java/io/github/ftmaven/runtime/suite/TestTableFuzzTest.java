package io.github.ftmaven.runtime.suite;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files of tests beside a promptfoo configuration: CSV, JSON, JSONL and YAML. */
class TestTableFuzzTest extends FuzzedReader {
    TestTableFuzzTest() {
        super("tests");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                "question,__expected,__description,__metric\nWhere?,equals: there,d,m\n\"a, \"\"b\"\"\",contains:x,,\n"
                        .getBytes(StandardCharsets.UTF_8),
                "[{\"vars\": {\"q\": \"a\"}, \"assert\": [{\"type\": \"equals\", \"value\": 3}]}, {\"vars\": {\"q\": [1, 2]}}]"
                        .getBytes(StandardCharsets.UTF_8),
                "{\"vars\": {\"q\": \"a\"}, \"assert\": []}\n{\"vars\": {\"q\": null}}\n"
                        .getBytes(StandardCharsets.UTF_8),
                "- vars: {q: a}\n  assert:\n    - type: icontains\n      value: b\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        int first = input.length == 0 ? 0 : input[0];
        String name = first == '[' ? "t.json" : first == '{' ? "t.jsonl" : first == '-' ? "t.yaml" : "t.csv";
        Files.write(directory.resolve(name), input);
        String suite = "prompts: ['{{question}}{{q}}']\nproviders: [echo]\ntests: file://" + name + "\n";
        Path file = Files.writeString(directory.resolve("s.yaml"), suite);
        SuiteReader.read(file, "s.yaml", true, Map.of());
    }
}
