package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Rules;
import io.github.ftmaven.runtime.lmeval.LanguageModel;
import io.github.ftmaven.runtime.lmeval.TaskSet;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.spec.Sameness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskEvaluationTest {
    private static final String TASK = """
            task: t
            dataset_path: json
            dataset_kwargs: {data_files: {test: d.jsonl}}
            test_split: test
            output_type: multiple_choice
            doc_to_text: "{{q}}"
            doc_to_choice: ["a", "b"]
            doc_to_target: y
            """;

    @TempDir
    Path directory;

    @Test
    void howATaskIsAskedIsPartOfItsQuestions() throws IOException {
        Files.writeString(directory.resolve("t.yaml"), TASK);
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

    /** Answers the tasks' question about a number with whether a function says so. */
    private record Model(IntPredicate yes) implements LanguageModel {
        @Override
        public List<Likelihood> loglikelihood(List<Continuation> requests) {
            return requests.stream()
                    .map(request -> new Likelihood(
                            yes.test(Integer.parseInt(request.context().strip().substring(1)))
                                            == request.continuation().strip().equals("b")
                                    ? -1
                                    : -2,
                            false))
                    .toList();
        }

        @Override
        public List<Double> loglikelihoodRolling(List<String> texts) {
            throw new AssertionError();
        }

        @Override
        public List<String> generateUntil(List<String> contexts, List<String> until, int maxTokens) {
            throw new AssertionError();
        }
    }

    /** The scores of two models in a task whose rows stand there so often each. */
    private Scores scores(int copies) throws IOException {
        Files.writeString(directory.resolve("t.yaml"), TASK);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20 * copies; i++) {
            rows.append(String.format(Locale.ROOT, "{\"q\": \"n%d\", \"y\": 1}%n", i % 20));
        }
        Files.writeString(directory.resolve("d.jsonl"), rows);
        TaskSet tasks = TaskSet.read(List.of(new TaskSet.Source(directory.resolve("t.yaml"), "t.yaml", null, null)));
        return new Scores(
                SampleScores.ARTIFACT_DIGEST,
                List.of(
                        SampleScores.accuracy(1, 1).test(),
                        new ScoreSet(
                                "t",
                                SampleScores.TEST_DIGEST,
                                List.of(
                                        scores("base", tasks, new Model(number -> number < 9)),
                                        scores("tuned", tasks, new Model(number -> number < 17))))));
    }

    private static ProviderScores scores(String provider, TaskSet tasks, Model model) {
        return TaskEvaluation.scores(provider, tasks.ask(model, task -> {}), "t", Sameness.NORMALIZED);
    }

    @Test
    void copiesOfADocumentAreOneQuestion() throws IOException {
        assertThat(scores(1).set("t").orElseThrow().questions()).isEqualTo(20);
        ScoreSet often = scores(3).set("t").orElseThrow();
        assertThat(often.questions()).isEqualTo(20);
        assertThat(often.providers().get(0).items()).hasSize(60);
        assertThat(often.providers().get(1).items().get(20).copyOf())
                .isEqualTo(often.providers().get(1).items().get(0).id());
    }

    @Test
    void copiesOfADocumentChangeNoVerdict() throws IOException {
        for (Rule rule : List.of(
                Rules.confidence(Rules.minimum("t/acc", 0.6), 0.95),
                Rules.gain("t/acc", "base", 0.0),
                Rules.drop("t/acc", "base", 0.05))) {
            RuleResult one = Gate.check(List.of(rule), scores(1), null).rules().get(0);
            RuleResult many = Gate.check(List.of(rule), scores(3), null).rules().get(0);
            assertThat(many.estimate().value())
                    .as(rule.toString())
                    .isEqualTo(one.estimate().value());
            assertThat(one.significance().p()).isNotNull();
            assertThat(many.significance().p()).isEqualTo(one.significance().p());
            assertThat(one.estimate().interval()).isNotNull();
            assertThat(many.estimate().interval()).isEqualTo(one.estimate().interval());
            assertThat(many.verdict()).isEqualTo(one.verdict());
            assertThat(many.message()).contains("60 items ask 20 questions, each of which counts once.");
        }
    }
}
