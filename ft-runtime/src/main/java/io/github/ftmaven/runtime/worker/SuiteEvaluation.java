package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.suite.JUnitXml;
import io.github.ftmaven.runtime.suite.ProviderSpec;
import io.github.ftmaven.runtime.suite.ResultsCsv;
import io.github.ftmaven.runtime.suite.ResultsJson;
import io.github.ftmaven.runtime.suite.Row;
import io.github.ftmaven.runtime.suite.Suite;
import io.github.ftmaven.runtime.suite.SuiteReader;
import io.github.ftmaven.runtime.suite.SuiteRun;
import io.github.ftmaven.runtime.suite.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** {@code evaluation.suite}, asked of each model while it is loaded. */
final class SuiteEvaluation {
    private static final String ENGINE = "ft:";
    private static final int LONGEST_ANSWER = 256;

    private final FineTuneSpec spec;
    private final Suite suite;
    private final List<Row> rows = new ArrayList<>();

    private SuiteEvaluation(FineTuneSpec spec, Suite suite) {
        this.spec = spec;
        this.suite = suite;
    }

    /** That of a job; empty if its spec names none. */
    static Optional<SuiteEvaluation> of(Job job) {
        String declared = job.spec().evaluation().suite();
        if (declared == null) {
            return Optional.empty();
        }
        Path file = job.specDirectory().resolve(declared);
        Suite suite = SuiteReader.read(file, declared, false, System.getenv());
        return Optional.of(new SuiteEvaluation(job.spec(), suite.orProviders(List.of("ft:tuned", "ft:base"))));
    }

    /** Asks a model, {@code tuned} or {@code base}; with the first one those that are elsewhere, too. */
    void ask(String provider, Decoder decoder, ChatFormat format, Events events) {
        String id = ENGINE + provider;
        ModelProvider model = new ModelProvider(
                decoder,
                format,
                spec.dataset().system(),
                Objects.requireNonNullElse(spec.evaluation().maxNewTokens(), LONGEST_ANSWER),
                spec.evaluation().batchSize());
        boolean first = rows.isEmpty();
        SuiteRun run = new SuiteRun(
                suite,
                System.getenv(),
                Map.of(id, model),
                (done, total) ->
                        events.progress(new Event.Progress("Suite with " + provider, done, total, null, null, null)));
        rows.addAll(run.run(column -> column.id().equals(id) || (first && !isEngine(column))));
    }

    private static boolean isEngine(ProviderSpec provider) {
        return provider.id().startsWith(ENGINE);
    }

    /** The share of passed tests of a model; empty if the suite does not ask it. */
    OptionalDouble passRate(String provider) {
        List<Row> own = rows.stream()
                .filter(row -> row.provider().id().equals(ENGINE + provider))
                .toList();
        return own.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Tally.of(own).passRate() / 100);
    }

    /** Writes the results. */
    void write(Path directory) throws IOException {
        rows.sort(Comparator.comparingInt(Row::testIndex).thenComparingInt(Row::columnIndex));
        Files.writeString(
                directory.resolve("promptfoo.json"),
                new JsonMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(new ResultsJson(suite, rows, Instant.now()).json())
                        + "\n");
        Files.writeString(directory.resolve("promptfoo.csv"), ResultsCsv.write(suite, rows));
        Files.writeString(directory.resolve("junit.xml"), JUnitXml.write(suite, rows));
    }

    /**
     * Refuses results of which a part is missing.
     *
     * @throws InvalidInputException if a test could not be run: that is not a low score
     */
    void requireNoErrors() {
        List<Row> errors = rows.stream().filter(row -> row.error() != null).toList();
        if (!errors.isEmpty()) {
            Row first = errors.get(0);
            throw new InvalidInputException(errors.size() + " of " + rows.size()
                    + " tests of evaluation.suite could not be run, so its pass rate is not known. The first is "
                    + first.test().place() + " [" + first.provider().label() + "]: " + first.error());
        }
    }

    /** Scores with the pass rate among them. */
    ProviderScores with(ProviderScores scores) {
        OptionalDouble rate = passRate(scores.provider());
        if (rate.isEmpty()) {
            return scores;
        }
        Map<String, Double> metrics = new TreeMap<>(scores.metrics());
        metrics.put("pass-rate", rate.getAsDouble());
        return new ProviderScores(scores.provider(), metrics, scores.items());
    }
}
