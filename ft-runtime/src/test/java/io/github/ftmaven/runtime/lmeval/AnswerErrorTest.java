package io.github.ftmaven.runtime.lmeval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model answers decides its own row alone. */
class AnswerErrorTest {
    private static final String TASK = """
            task: t
            dataset_path: json
            dataset_kwargs: {data_files: {test: d.jsonl}}
            test_split: test
            output_type: generate_until
            doc_to_text: q
            doc_to_target: y
            metric_list: [{metric: exact_match}, {metric: chrf}]
            filter_list:
              - name: f
                filter:
                  - {function: regex, regex_pattern: 'PATTERN', group_select: 1, fallback: none}
                  - {function: take_first}
            """;

    @TempDir
    private Path directory;

    /** Answers what it is told, one text after the other. */
    private record Answers(List<String> texts) implements LanguageModel {
        @Override
        public List<Likelihood> loglikelihood(List<Continuation> requests) {
            throw new AssertionError();
        }

        @Override
        public List<Double> loglikelihoodRolling(List<String> texts) {
            throw new AssertionError();
        }

        @Override
        public List<String> generateUntil(List<String> prompts, List<String> until, int maxTokens) {
            return texts;
        }
    }

    private TaskSet.Results ask(String pattern, String... answers) throws IOException {
        Files.writeString(directory.resolve("t.yaml"), TASK.replace("PATTERN", pattern));
        Files.writeString(directory.resolve("d.jsonl"), "{\"q\": \"x\", \"y\": \"b\"}\n".repeat(answers.length));
        TaskSet tasks = TaskSet.read(List.of(new TaskSet.Source(directory.resolve("t.yaml"), "t.yaml", null, null)));
        tasks.check();
        return tasks.ask(new Answers(List.of(answers)), name -> {}, 100);
    }

    @Test
    void missesTheRowAlone() throws IOException {
        TaskSet.Results results = ask("[a-z]", "a b", "b", "zzz", "a b b");
        assertThat(results.metrics("t")).containsEntry("t/exact_match,f", 0.5);
        assertThat(results.errors("t"))
                .containsExactly("d.jsonl:2: group_select is 1, but an answer has only 1 matches of the pattern [a-z]");
        assertThat(results.items("t").get(1).scores()).containsEntry("t/exact_match,f", 0.0);
        assertThat(results.samples("t").get(1)).contains("\"error\": \"d.jsonl:2: group_select is 1, but");
        assertThat(results.samples("t").get(0)).doesNotContain("error");
    }

    @Test
    void survivesAnswersThatOverflowOrStallAnEngine() throws IOException {
        String words = "so it goes ".repeat(2_000);
        TaskSet.Results results = ask("(?:\\\\w| )*".replace("\\\\", "\\"), words + "!b", "!b");
        assertThat(results.errors("t")).isEmpty();
        results = ask("(b)|(a*)*\\2c", "a".repeat(4_000), "b b");
        assertThat(results.errors("t"))
                .singleElement()
                .asString()
                .startsWith(
                        "d.jsonl:1: the pattern (b)|(a*)*\\2c takes too long on a text of 4000 characters. Write it");
        assertThat(Map.copyOf(results.metrics("t"))).containsKey("t/chrf,f");
        assertThat(results.items("t").get(1).scores()).containsEntry("t/exact_match,f", 1.0);
    }
}
