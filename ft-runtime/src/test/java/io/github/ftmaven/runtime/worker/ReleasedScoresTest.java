package io.github.ftmaven.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.adapter.AdapterJars;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.Metrics;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.JsonFile;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Metric;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which scores of a released adapter are taken as they are, and when it is asked again. */
class ReleasedScoresTest {
    private static final String SPEC = """
            base: {model: model}
            dataset: {train: a.jsonl, test: b.jsonl, template: question}
            """;
    private static final String OTHER_DIGEST = "9".repeat(64);

    @TempDir
    Path directory;

    private final List<Job> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private @Nullable String problem;

    @Test
    void takesTheScoresItWasReleasedWithWhereTheQuestionsAreTheSame() throws IOException {
        ScoreSet joined = join(SPEC, List.of(test(SampleScores.TEST_DIGEST, "yes", "yes")))
                .get(0);
        assertThat(asked).isEmpty();
        ProviderScores released = joined.provider("released").orElseThrow();
        assertThat(released.metrics()).isEqualTo(Map.of("accuracy", 0.5));
        assertThat(released.items()).extracting(ItemScore::answer).containsExactly("yes", "no");
    }

    @Test
    void asksAgainWhereTheQuestionsAreOthers() throws IOException {
        ScoreSet joined = join(SPEC, List.of(test(OTHER_DIGEST, "yes", "yes"))).get(0);
        assertThat(joined.provider("released").orElseThrow().metrics()).isEqualTo(Map.of("accuracy", 0.0));
        // With its own layout, and with what is measured today.
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).spec().dataset().template()).hasToString("QUESTION");
        assertThat(asked.get(0).spec().evaluation().batchSize()).isEqualTo(7);
    }

    @Test
    void asksAgainWhereMoreIsMeasuredThanThen() throws IOException {
        List<ItemScore> items = new ArrayList<>();
        for (ItemScore item :
                test(SampleScores.TEST_DIGEST, "yes", "yes").providers().get(0).items()) {
            items.add(new ItemScore(item.id(), item.expected(), item.answer(), Map.of("answer-tokens", 3.0)));
        }
        ProviderScores tuned = new ProviderScores("tuned", Map.of("accuracy", 1.0, "answer-tokens", 3.0), items);
        join(SPEC, List.of(new ScoreSet(ScoreSet.TEST, SampleScores.TEST_DIGEST, List.of(tuned))));
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAgainWhereAnswersMayBeLonger() throws IOException {
        join(SPEC + "evaluation: {maxNewTokens: 9}\n", List.of(test(SampleScores.TEST_DIGEST, "yes", "yes")));
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAgainWhereAnswersWereHeldToASchema() throws IOException {
        join(
                SPEC + "evaluation: {schema: answer.json, metrics: [accuracy, json-valid]}\n",
                List.of(test(SampleScores.TEST_DIGEST, "yes", "yes")));
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksOnceForAllSetsThatNeedIt() throws IOException {
        ProviderScores tuned = new ProviderScores(
                "tuned", Map.of("pass-rate", 1.0), List.of(new ItemScore("s:1", "", "x", Map.of("pass-rate", 1.0))));
        ScoreSet suite = new ScoreSet(ScoreSet.SUITE, OTHER_DIGEST, List.of(tuned));
        List<ScoreSet> joined = join(SPEC, List.of(test(SampleScores.TEST_DIGEST, "yes", "yes"), suite));
        assertThat(asked).hasSize(1);
        assertThat(joined.get(0).provider("released").orElseThrow().metrics()).containsEntry("accuracy", 0.5);
        // The one who is asked has no such set.
        assertThat(joined.get(1)).isEqualTo(suite);
        assertThat(told)
                .containsExactly(
                        "it:a:1.0 is compared by the scores it was released with (test).",
                        "it:a:1.0 is asked again (suite).",
                        "The set suite consists of other items for the released adapter, whose base reads text"
                                + " otherwise: it is not compared there.");
    }

    @Test
    void withoutItsBaseItCannotBeAsked() {
        problem = "hf:acme/old@1 is not on this machine.";
        assertThatThrownBy(() -> join(SPEC, List.of(test(OTHER_DIGEST, "yes", "yes"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("it:a:1.0: it was not measured on today's questions, and cannot be: hf:acme/old@1 is not on"
                        + " this machine.");
    }

    @Test
    void refusesStoredScoresAboutOtherAnswers() {
        List<ItemScore> items = List.of(Metrics.item("t:1", "no", "no"), Metrics.item("t:2", "yes", "no"));
        ScoreSet set = new ScoreSet(
                ScoreSet.TEST,
                SampleScores.TEST_DIGEST,
                List.of(new ProviderScores("tuned", Map.of("accuracy", 0.5), items)));
        assertThatThrownBy(() -> join(SPEC, List.of(set)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("it:a:1.0: its scores are not about the same questions: item t:1 expects different answers"
                        + " from tuned and released. Compare with another release (-Dft.baseline=GROUP:ARTIFACT:VERSION)"
                        + " or none.");
    }

    /** Two questions whose answer is yes. */
    private static ScoreSet test(String digest, String first, String second) {
        List<ItemScore> items = List.of(Metrics.item("t:1", "yes", first), Metrics.item("t:2", "yes", second));
        Map<String, Double> metrics = Metrics.compute(List.of(Metric.ACCURACY), items);
        return new ScoreSet(ScoreSet.TEST, digest, List.of(new ProviderScores("tuned", metrics, items)));
    }

    private List<ScoreSet> join(String spec, List<ScoreSet> today) throws IOException {
        Path jar = sealed(spec);
        WorkRequest.Inputs base =
                new WorkRequest.Inputs(TestModels.tinyLlama().toString(), "model", "model", null, null);
        WorkRequest.Released released = new WorkRequest.Released(
                new ReleasedAdapter(ReleasedAdapter.State.RELEASED, "it:a:1.0", "0", "compared."),
                jar.toString(),
                problem == null ? base : null,
                problem);
        Job job = new Job(
                SpecReader.parse("""
                        base: {model: model}
                        dataset: {train: a.jsonl, test: b.jsonl, template: plain}
                        evaluation: {batchSize: 7}
                        """.getBytes(StandardCharsets.UTF_8), "spec"),
                directory,
                ModelDirectory.open(TestModels.tinyLlama(), "model"),
                base,
                directory);
        ReleasedScores scores = ReleasedScores.of(job, released, jar);
        return scores.join(
                today,
                older -> {
                    asked.add(older);
                    ProviderScores answered =
                            test(OTHER_DIGEST, "no", "no").providers().get(0);
                    List<ItemScore> items = new ArrayList<>();
                    for (ItemScore item : answered.items()) {
                        items.add(new ItemScore(item.id(), "yes", "no", Map.of("answer-tokens", 2.0)));
                    }
                    return List.of(new ScoreSet(
                            ScoreSet.TEST,
                            OTHER_DIGEST,
                            List.of(new ProviderScores("released", Map.of("accuracy", 0.0), items))));
                },
                new Events() {
                    @Override
                    public void progress(Event.Progress progress) {}

                    @Override
                    public void info(String text) {
                        told.add(text);
                    }

                    @Override
                    public void warn(String text) {
                        told.add(text);
                    }

                    @Override
                    public boolean stopRequested() {
                        return false;
                    }
                });
    }

    private Path sealed(String spec) throws IOException {
        Map<String, String> files = new TreeMap<>(Map.of("README.md", "# Card\n", "fine-tune.yaml", spec));
        Path jar = AdapterJars.write(directory.resolve("a.jar"), files);
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "a.jar")) {
            Scores stored = new Scores(adapter.trainedDigest(), List.of(test(SampleScores.TEST_DIGEST, "yes", "no")));
            SealedEvaluation.of(adapter, stored, JsonFile.object(), "card")
                    .forEach((name, bytes) -> files.put(name, new String(bytes, StandardCharsets.UTF_8)));
        }
        return AdapterJars.write(directory.resolve("sealed.jar"), files);
    }
}
