package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.spec.RowLayout;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Data files: JSONL, JSON and CSV. */
class ExampleFuzzTest extends FuzzedReader {
    ExampleFuzzTest() {
        super("examples");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                """
                {"messages": [{"role": "user", "content": "Where?"}, {"role": "assistant", "content": "There."}], "metadata": {"n": 1}}
                {"prompt": "a", "completion": "b", "metadata": {"n": 1.5, "lang": "de"}}
                {"instruction": "a", "input": "c", "output": "b"}
                {"text": "a"}
                """.getBytes(StandardCharsets.UTF_8),
                """
                {"messages": [{"role": "user", "content": [{"type": "text", "text": "Where?"}]}, {"role": "assistant", "content": null,\
                 "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]},\
                 {"role": "tool", "tool_call_id": "1", "content": "3"}, {"role": "assistant", "content": "3", "weight": 0}],\
                 "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]}
                """.getBytes(StandardCharsets.UTF_8),
                "[{\"prompt\": [{\"role\": \"user\", \"content\": \"a\"}], \"completion\": [{\"role\": \"assistant\", \"content\": \"b\"}]}]"
                        .getBytes(StandardCharsets.UTF_8),
                "prompt,completion\na,b\n\"c, \"\"d\"\"\",\"e\nf\"\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        int first = input.length == 0 ? 0 : input[0];
        String name = first == '[' ? "d.json" : first == '{' ? "d.jsonl" : "d.csv";
        ExampleReader reader = new ExampleReader(
                new RowRules(RowLayout.AUTO, null, List.of(), TemplateChoice.AUTO), new ProjectPaths(directory));
        List<Example> examples = reader.read(List.of(Files.write(directory.resolve(name), input)));
        ExampleLines.read(ExampleLines.write(examples));
    }
}
