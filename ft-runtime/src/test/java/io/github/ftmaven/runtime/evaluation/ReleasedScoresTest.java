package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.acceptance.Gate;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.Rules;
import io.github.ftmaven.runtime.adapter.AdapterJars;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import io.github.ftmaven.runtime.spec.Metric;
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
    private @Nullable ScoreSet retention;
    private @Nullable String tokenizer =
            Digests.sha256(List.of(TestModels.tinyLlama().resolve("tokenizer.json")));

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
        assertThat(asked.get(0).spec().dataset().rendering().template()).hasToString("QUESTION");
        assertThat(asked.get(0).spec().evaluation().answers().batchSize()).isEqualTo(7);
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
        assertThat(joined.get(1).providers()).isEqualTo(suite.providers());
        assertThat(joined.get(1).whyMissing("released", "pass-rate")).hasValue("it did not answer the set suite");
        assertThat(told)
                .containsExactly(
                        "it:a:1.0 is compared by the scores of its release (test).",
                        "it:a:1.0 answers the questions again (suite).",
                        "The pass-rate of it:a:1.0 is not compared (suite): it did not answer the set suite.");
    }

    @Test
    void numbersOfTokensAreNotComparedAcrossTokenizers() throws IOException {
        tokenizer = OTHER_DIGEST;
        ScoreSet joined = join(SPEC, List.of(lengths(SampleScores.TEST_DIGEST))).get(0);
        // What is not about tokens is compared by what was stored, which has no lengths.
        assertThat(asked).isEmpty();
        assertThat(joined.provider("released").orElseThrow().metrics()).isEqualTo(Map.of("accuracy", 0.5));
        assertThatThrownBy(() -> Gate.check(
                        List.of(Rules.drop("answer-tokens", "released", 0)),
                        new Scores(SampleScores.ARTIFACT_DIGEST, List.of(joined)),
                        null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("acceptance[0]: The answer-tokens of the model \"released\" cannot be compared: its base"
                        + " has another tokenizer, which tokenizes text differently, so per-token numbers"
                        + " cannot be compared.");
        ScoreSet again = join(SPEC, List.of(lengths(OTHER_DIGEST))).get(0);
        assertThat(asked).hasSize(1);
        assertThat(again.provider("released").orElseThrow().metrics()).containsOnlyKeys("accuracy");
    }

    @Test
    void retentionIsNotComparedAcrossTokenizers() throws IOException {
        retention = retention("tuned", 4);
        assertThat(join(SPEC, List.of(test(SampleScores.TEST_DIGEST, "yes", "yes"), retention("tuned", 4)))
                        .get(1)
                        .provider("released"))
                .isPresent();
        tokenizer = null;
        ScoreSet joined = join(SPEC, List.of(test(SampleScores.TEST_DIGEST, "yes", "yes"), retention("tuned", 4)))
                .get(1);
        assertThat(asked).isEmpty();
        assertThat(joined.provider("released")).isEmpty();
        assertThat(joined.whyMissing("released", "retention").orElseThrow())
                .startsWith("its base has another tokenizer");
        new ReleasedAdapter(ReleasedAdapter.State.RELEASED, "it:a:1.0", "0", "compared.")
                .requireIn(new Scores(
                        SampleScores.ARTIFACT_DIGEST, List.of(test(SampleScores.TEST_DIGEST, "yes", "yes"), joined)));
    }

    @Test
    void retentionIsNotComparedInOtherWindows() throws IOException {
        retention = retention("tuned", 3);
        ScoreSet joined = join(SPEC, List.of(test(SampleScores.TEST_DIGEST, "yes", "yes"), retention("tuned", 4)))
                .get(1);
        assertThat(asked).hasSize(1);
        assertThat(joined.whyMissing("released", "retention"))
                .hasValue("its items of the set retention differ from those of the current model");
    }

    @Test
    void aMetricThatItsAnswersDoNotTellIsAllThatIsMissing() throws IOException {
        List<ItemScore> items = new ArrayList<>();
        for (ItemScore item :
                test(SampleScores.TEST_DIGEST, "yes", "yes").providers().get(0).items()) {
            items.add(new ItemScore(item.id(), item.expected(), item.answer(), Map.of("latency", 3.0)));
        }
        ProviderScores tuned = new ProviderScores("tuned", Map.of("accuracy", 1.0, "latency", 3.0), items);
        ScoreSet joined = join(SPEC, List.of(new ScoreSet(ScoreSet.TEST, OTHER_DIGEST, List.of(tuned))))
                .get(0);
        assertThat(joined.provider("released").orElseThrow().metrics()).isEqualTo(Map.of("accuracy", 0.0));
        assertThat(joined.whyMissing("released", "latency")).hasValue("its answers lack the data for it");
    }

    /** Two questions whose answer is yes, and was given in three tokens. */
    private static ScoreSet lengths(String digest) {
        List<ItemScore> items = new ArrayList<>();
        for (ItemScore item : test(digest, "yes", "yes").providers().get(0).items()) {
            items.add(new ItemScore(item.id(), item.expected(), item.answer(), Map.of("answer-tokens", 3.0)));
        }
        ProviderScores tuned = new ProviderScores("tuned", Map.of("accuracy", 1.0, "answer-tokens", 3.0), items);
        return new ScoreSet(ScoreSet.TEST, digest, List.of(tuned));
    }

    private static ScoreSet retention(String provider, double tokens) {
        List<ItemScore> items =
                List.of(new ItemScore("g[0]", "", "", Map.of("loss", 2.0, "base-loss", 2.0, "tokens", tokens)));
        return new ScoreSet(
                ScoreSet.RETENTION,
                SampleScores.TEST_DIGEST,
                List.of(new ProviderScores(provider, Map.of("retention", 1.0), items)));
    }

    @Test
    void withoutItsBaseItCannotBeAsked() {
        problem = "hf:acme/old@1 is not on this machine.";
        assertThatThrownBy(() -> join(SPEC, List.of(test(OTHER_DIGEST, "yes", "yes"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("it:a:1.0: it was not measured on the current questions, and cannot be: hf:acme/old@1"
                        + " is not on"
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
                .hasMessage("it:a:1.0: its scores do not belong to the same questions: item t:1 expects different"
                        + " answers"
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
        Inputs base = new Inputs(TestModels.tinyLlama().toString(), "model", "model", null, null);
        ReleasedModel released = new ReleasedModel(
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
                    ScoreSet set = new ScoreSet(
                            ScoreSet.TEST,
                            OTHER_DIGEST,
                            List.of(new ProviderScores("released", Map.of("accuracy", 0.0), items)));
                    return retention == null ? List.of(set) : List.of(set, retention("released", 3));
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
        if (tokenizer != null) {
            files.put("provenance.json", "{\"base\": {\"files\": {\"tokenizer.json\": \"" + tokenizer + "\"}}}");
        }
        Path jar = AdapterJars.write(directory.resolve("a.jar"), files);
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "a.jar")) {
            List<ScoreSet> sets = new ArrayList<>(List.of(test(SampleScores.TEST_DIGEST, "yes", "no")));
            if (retention != null) {
                sets.add(retention);
            }
            Scores stored = new Scores(adapter.trainedDigest(), sets);
            SealedEvaluation.of(adapter, "g:a:1.0", stored, JsonFile.object(), "card")
                    .forEach((name, bytes) -> files.put(name, new String(bytes, StandardCharsets.UTF_8)));
        }
        return AdapterJars.write(directory.resolve("sealed.jar"), files);
    }
}
