package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.generation.AnswerListener;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.generation.ModelBatch;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.SilentEvents;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.spec.Sameness;
import io.github.ftmaven.runtime.spec.SpecReader;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.suite.Provider;
import io.github.ftmaven.runtime.suite.ResultRow;
import io.github.ftmaven.runtime.suite.Suite;
import io.github.ftmaven.runtime.suite.SuiteRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows of a suite are the items of its set. */
class SuiteEvaluationTest {
    private static final String TEST = "{vars: {q: %s}, %sassert: [{type: equals, value: %s}]}\n";

    @TempDir
    Path directory;

    /** Where each answers with what it is asked, so that a test passes that expects it. */
    private final Map<String, Provider> models = Map.of("ft:tuned", answering(), "ft:base", answering());

    private static Provider answering() {
        return (prompt, vars) -> new Response(TextNode.valueOf(prompt), 0, null, null, null, Response.Tokens.NONE);
    }

    @Test
    void testsThatOnlyTheTunedModelIsAskedCountForIt() throws IOException {
        ScoreSet set = set(String.format(
                Locale.ROOT,
                """
                prompts: ["{{q}}"]
                providers: [ft:tuned, ft:base]
                tests:
                  - %s  - %s  - %s""",
                String.format(Locale.ROOT, TEST, "a", "", "a"),
                String.format(Locale.ROOT, TEST, "b", "providers: ['ft:tuned'], ", "x"),
                String.format(Locale.ROOT, TEST, "c", "providers: ['ft:tuned'], ", "x")));
        ProviderScores tuned = set.provider("tuned").orElseThrow();
        assertThat(tuned.items()).hasSize(3);
        assertThat(tuned.metrics()).containsEntry("pass-rate", 1 / 3.0);
        assertThat(set.provider("base")).isEmpty();
        assertThat(set.whyMissing("base", "pass-rate"))
                .hasValue("it was not asked 2 of the 3 tests of ft:tuned: s.yaml:5:5 #1 {{q}}, s.yaml:6:5 #2 {{q}}");
    }

    @Test
    void whatOnlyAnotherModelIsAskedIsNoItem() throws IOException {
        ScoreSet set = set(String.format(
                Locale.ROOT,
                """
                prompts: ["{{q}}"]
                providers: [ft:tuned, ft:base]
                tests:
                  - %s  - %s""",
                String.format(Locale.ROOT, TEST, "a", "", "x"),
                String.format(Locale.ROOT, TEST, "b", "providers: ['ft:base'], ", "b")));
        assertThat(set.missing()).isEmpty();
        assertThat(set.providers())
                .allSatisfy(provider -> assertThat(provider.metrics()).containsEntry("pass-rate", 0.0));
    }

    @Test
    void aSuiteThatComparesNoAnswersHasResults() throws IOException {
        Files.writeString(
                directory.resolve("s.yaml"),
                "prompts: ['{{q}}']\ntests:\n  - " + String.format(Locale.ROOT, TEST, "a", "", "''"));
        Path model = Path.of("src/test/resources/models/tiny-llama");
        Job job = new Job(
                TestSpec.with("evaluation.suite: s.yaml"),
                directory,
                ModelDirectory.open(model, "tiny-llama"),
                new Inputs(model.toString(), "tiny-llama", "tiny-llama", null, null),
                directory);
        SuiteEvaluation suite = SuiteEvaluation.of(job, "tuned").orElseThrow();
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            for (String asked : List.of("base", "tuned")) {
                suite.ask(
                        asked,
                        suite.model(new Silent(), job.format(tokenizer), question -> question),
                        new SilentEvents());
            }
        }
        suite.compare();
        assertThat(suite.set().orElseThrow().providers())
                .extracting(ProviderScores::provider)
                .containsExactlyInAnyOrder("base", "tuned");
    }

    /** A model that answers with nothing. */
    private record Silent() implements BatchModel {
        @Override
        public long cacheBytes() {
            return 1;
        }

        @Override
        public <R> List<R> compute(List<? extends ModelBatch<R>> batches, AnswerListener listener) {
            List<R> results = new ArrayList<>();
            for (ModelBatch<R> batch : batches) {
                List<int[]> nothing = Collections.nCopies(batch.size(), new int[0]);
                results.add(batch.resultClass().cast(new ModelBatch.Answered(nothing, 0)));
            }
            return results;
        }
    }

    @Test
    void columnsOfOneLabelAreItemsOfTheirOwn() throws IOException {
        String suite = String.format(Locale.ROOT, """
                prompts: [{raw: "{{q}}", label: ask}, {raw: "{{q}}!", label: ask}]
                providers: [ft:tuned, {id: ft:tuned, label: again, transform: "output + '?'"}, ft:base]
                tests:
                  - %s""", String.format(Locale.ROOT, TEST, "a", "", "'a!?'"));
        ScoreSet set = set(suite);
        assertThat(set.provider("tuned").orElseThrow().items())
                .extracting(ItemScore::id, ItemScore::answer)
                .containsExactly(
                        tuple("s.yaml:4:5 #0 ask", "a"),
                        tuple("s.yaml:4:5 #0.2 ask", "a!"),
                        tuple("s.yaml:4:5 #0.3 ask", "a?"),
                        tuple("s.yaml:4:5 #0.4 ask", "a!?"));
        assertThat(set.provider("tuned").orElseThrow().metrics()).containsEntry("pass-rate", 0.25);
        assertThat(set.whyMissing("base", "pass-rate").orElseThrow())
                .isEqualTo("it was not asked 2 of the 4 tests of ft:tuned: s.yaml:4:5 #0.3 ask, s.yaml:4:5 #0.4 ask");
        // The released adapter, which answers alone, has the same items.
        List<ResultRow> own = new ArrayList<>(rows(suite));
        own.removeIf(row -> row.column().provider().type().equals("ft:base"));
        ScoreSet released = SuiteEvaluation.set(
                        own, "released", SampleScores.TEST_DIGEST, Sameness.NORMALIZED, text -> text)
                .orElseThrow();
        assertThat(released.provider("released").orElseThrow().items())
                .isEqualTo(set.provider("tuned").orElseThrow().items());
    }

    @Test
    void whereTheTunedModelIsNotAskedNothingIsMeasured() throws IOException {
        assertThat(SuiteEvaluation.set(
                        rows("prompts: ['{{q}}']\nproviders: [ft:base]\ntests:\n  - "
                                + String.format(Locale.ROOT, TEST, "a", "", "a")),
                        "tuned",
                        SampleScores.TEST_DIGEST,
                        Sameness.NORMALIZED,
                        text -> text))
                .isEmpty();
    }

    @Test
    void testsThatAskTheSameAreCopies() throws IOException {
        ScoreSet set = set(String.format(
                Locale.ROOT,
                """
                prompts: ["{{q}}"]
                providers: [ft:tuned]
                tests:
                  - %s  - %s  - %sevaluateOptions: {repeat: 2}
                """,
                String.format(Locale.ROOT, TEST, "'How deep?'", "", "x"),
                String.format(Locale.ROOT, TEST, "'how  deep'", "", "x"),
                String.format(Locale.ROOT, TEST, "'How wide?'", "", "x")));
        assertThat(set.provider("tuned").orElseThrow().items())
                .extracting(ItemScore::copyOf)
                .containsExactly(
                        null,
                        "s.yaml:4:5 #0 {{q}}",
                        "s.yaml:4:5 #0 {{q}}",
                        "s.yaml:4:5 #0 {{q}}",
                        null,
                        "s.yaml:6:5 #4 {{q}}");
        assertThat(set.questions()).isEqualTo(2);
    }

    private ScoreSet set(String suite) throws IOException {
        return SuiteEvaluation.set(rows(suite), "tuned", SampleScores.TEST_DIGEST, Sameness.NORMALIZED, text -> text)
                .orElseThrow();
    }

    private List<ResultRow> rows(String text) throws IOException {
        Files.writeString(directory.resolve("s.yaml"), text);
        Path spec = Files.writeString(
                directory.resolve("ft.yaml"),
                "base: {model: m}\ndataset: {train: a.jsonl, test: b.jsonl}\nevaluation: {suite: s.yaml}\n");
        Suite suite = SpecSuite.read(
                        SpecReader.read(spec), directory, file -> String.valueOf(file.getFileName()), Map.of())
                .orElseThrow();
        return new SuiteRun(suite, Map.of(), models, (done, total) -> {}).run();
    }
}
