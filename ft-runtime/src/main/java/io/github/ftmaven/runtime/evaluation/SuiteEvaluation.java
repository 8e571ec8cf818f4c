package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.dataset.SameQuestion;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.scores.Copies;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Metric;
import io.github.ftmaven.runtime.spec.Sameness;
import io.github.ftmaven.runtime.suite.JUnitXml;
import io.github.ftmaven.runtime.suite.Provider;
import io.github.ftmaven.runtime.suite.ProviderSpec;
import io.github.ftmaven.runtime.suite.ResultRow;
import io.github.ftmaven.runtime.suite.ResultsCsv;
import io.github.ftmaven.runtime.suite.ResultsJson;
import io.github.ftmaven.runtime.suite.ResultsMarkdown;
import io.github.ftmaven.runtime.suite.Suite;
import io.github.ftmaven.runtime.suite.SuiteRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Puts {@code evaluation.suite} to each model while it is at hand. */
final class SuiteEvaluation {
    private static final String PASS_RATE = Metrics.name(Metric.PASS_RATE);
    private static final int LONGEST_ANSWER = 256;
    private static final int MOST_NAMED = 3;
    private static final String JSON = "promptfoo.json";
    private static final String CSV = "promptfoo.csv";
    private static final String MARKDOWN = "promptfoo.md";
    private static final String JUNIT = "junit.xml";

    private final FineTuneSpec spec;
    private final Suite suite;
    private final String digest;
    private final String subject;
    private final List<ResultRow> rows = new ArrayList<>();

    private SuiteEvaluation(FineTuneSpec spec, Suite suite, String digest, String subject) {
        this.spec = spec;
        this.suite = suite;
        this.digest = digest;
        this.subject = subject;
    }

    /**
     * The suite of a job; empty if its spec does not name one.
     *
     * @param subject {@code tuned}; or {@code released}, which then answers alone in the place of {@code ft:tuned}
     */
    static Optional<SuiteEvaluation> of(Job job, String subject) throws IOException {
        Suite suite = SpecSuite.read(job.spec(), job.specDirectory(), file -> shown(job, file), System.getenv())
                .orElse(null);
        return suite == null
                ? Optional.empty()
                : Optional.of(new SuiteEvaluation(job.spec(), suite, digest(suite), subject));
    }

    /** The digest of its files and of the variables in them, which change the questions. */
    private static String digest(Suite suite) {
        String files = Digests.sha256(suite.source().files().stream().sorted().toList());
        return suite.source().variables().isEmpty()
                ? files
                : Digests.sha256(files + new TreeMap<>(suite.source().variables()));
    }

    private static String shown(Job job, Path file) {
        return job.specDirectory().normalize().relativize(file).toString().replace('\\', '/');
    }

    /**
     * Asks a model; together with the first one it also asks the external models.
     *
     * @param provider the subject, {@code base} or a baseline's label
     */
    void ask(String provider, Provider model, Events events) {
        boolean alone = !subject.equals(ProviderScores.TUNED);
        if (alone && !provider.equals(subject)) {
            return;
        }
        String id = ProviderScores.SUITE_PREFIX + (alone ? ProviderScores.TUNED : provider);
        boolean first = rows.isEmpty() && !alone;
        SuiteRun run = new SuiteRun(
                suite,
                System.getenv(),
                Map.of(id, model),
                (done, total) ->
                        events.progress(new Event.Progress("Suite with " + provider, done, total, null, null, null)));
        rows.addAll(run.run(column -> column.type().equals(id) || (first && !isEngine(column))));
    }

    /**
     * A model of this process, prepared for the suite's questions.
     *
     * @param asking builds the prompt for a question
     */
    Provider model(BatchModel model, ChatFormat format, UnaryOperator<Conversation> asking) {
        return new ModelProvider(
                model,
                format,
                new SuitePrompts(asking, spec.dataset().system()),
                Objects.requireNonNullElse(spec.evaluation().answers().maxNewTokens(), LONGEST_ANSWER),
                spec.evaluation().answers().batchSize());
    }

    private static boolean isEngine(ProviderSpec provider) {
        return provider.type().startsWith(ProviderScores.SUITE_PREFIX);
    }

    /** Puts the rows in the order of the suite, and runs the assertions that compare the answers of all models. */
    void compare() {
        rows.sort(Comparator.comparingInt(ResultRow::testIndex).thenComparingInt(ResultRow::columnIndex));
        List<ResultRow> compared =
                new SuiteRun(suite, System.getenv(), Map.of(), (done, total) -> {}).compare(List.copyOf(rows));
        rows.clear();
        rows.addAll(compared);
    }

    /** Deletes the results of an earlier evaluation, because this one may not have a suite. */
    static void delete(Path directory) throws IOException {
        for (String name : List.of(JSON, CSV, MARKDOWN, JUNIT)) {
            Files.deleteIfExists(directory.resolve(name));
        }
    }

    /** Writes the results, except those of the released adapter. */
    void write(Path directory) throws IOException {
        if (!subject.equals(ProviderScores.TUNED)) {
            return;
        }
        Files.writeString(
                directory.resolve(JSON),
                Json.lenient()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(new ResultsJson(suite, rows, Instant.now()).json())
                        + "\n");
        Files.writeString(directory.resolve(CSV), ResultsCsv.write(suite, rows));
        Files.writeString(directory.resolve(MARKDOWN), ResultsMarkdown.write(suite, rows));
        Files.writeString(directory.resolve(JUNIT), JUnitXml.write(suite, rows));
    }

    /**
     * Rejects incomplete results.
     *
     * @throws InvalidInputException if a test could not be run, which is different from a low score
     */
    void requireNoErrors() {
        List<ResultRow> errors =
                rows.stream().filter(row -> row.error() != null).toList();
        if (!errors.isEmpty()) {
            ResultRow first = errors.get(0);
            throw new InvalidInputException(errors.size() + " of "
                    + Counted.of(rows.size(), "test")
                    + " of evaluation.suite could not be run, so its pass rate is unknown. The first is "
                    + first.test().place() + " [" + first.column().provider().label() + "]: "
                    + suite.secrets().masked(String.valueOf(first.error())));
        }
    }

    /** The scores of the models of this process. */
    Optional<ScoreSet> set() {
        return set(rows, subject, digest, spec.dataset().leaks().sameQuestion(), suite.secrets()::masked);
    }

    /**
     * The scores of the models of this process on everything that the subject was asked. Models that were not asked all
     * of it are excluded, because the remaining items may be the easy ones.
     *
     * @param sameness when two prompts count as the same question
     * @param shown the form of a text in results
     * @return empty if the subject was not asked
     */
    static Optional<ScoreSet> set(
            List<ResultRow> rows, String subject, String digest, Sameness sameness, UnaryOperator<String> shown) {
        Map<String, Map<String, ItemScore>> items = new LinkedHashMap<>();
        Map<String, String> questions = new LinkedHashMap<>();
        for (ResultRow row : rows) {
            if (isEngine(row.column().provider())) {
                String asked = row.column().provider().type().substring(ProviderScores.SUITE_PREFIX.length());
                String provider = asked.equals(ProviderScores.TUNED) ? subject : asked;
                String id = add(items.computeIfAbsent(provider, p -> new LinkedHashMap<>()), row, shown);
                if (provider.equals(subject)) {
                    questions.put(id, SameQuestion.normal(row.rendered(), sameness));
                }
            }
        }
        Map<String, ItemScore> wanted = items.get(subject);
        if (wanted == null) {
            return Optional.empty();
        }
        List<ProviderScores> providers = new ArrayList<>();
        List<ScoreSet.Missing> missing = new ArrayList<>();
        items.forEach((provider, own) -> {
            List<String> lacking =
                    wanted.keySet().stream().filter(id -> !own.containsKey(id)).toList();
            if (lacking.isEmpty()) {
                List<ItemScore> all = wanted.keySet().stream().map(own::get).toList();
                providers.add(scores(provider, Copies.mark(all, List.copyOf(questions.values()))));
            } else {
                String reason = notAsked(lacking, wanted.size());
                names(wanted.values()).forEach(metric -> missing.add(new ScoreSet.Missing(provider, metric, reason)));
            }
        });
        return Optional.of(new ScoreSet(ScoreSet.SUITE, digest, providers, missing));
    }

    private static String notAsked(List<String> lacking, int all) {
        int more = lacking.size() - MOST_NAMED;
        return "it was not asked " + lacking.size() + " of the " + Counted.of(all, "test") + " of "
                + ProviderScores.SUITE_PREFIX
                + ProviderScores.TUNED
                + ": " + lacking.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : "");
    }

    /**
     * Adds an item. If a model is asked a test more than once under one prompt label, for example by two providers,
     * each time gets an item. The n-th time of another model is the same item.
     */
    private static String add(Map<String, ItemScore> items, ResultRow row, UnaryOperator<String> shown) {
        int time = 1;
        ItemScore item = item(row, time, shown);
        while (items.containsKey(item.id())) {
            time++;
            item = item(row, time, shown);
        }
        items.put(item.id(), item);
        return item.id();
    }

    private static ItemScore item(ResultRow row, int time, UnaryOperator<String> shown) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(PASS_RATE, row.passed() ? 1.0 : 0.0);
        if (row.graded() != null) {
            row.graded().named().scores().forEach((name, score) -> scores.put(ScoreSet.SUITE + "/" + name, score));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        row.test().json().path("metadata").forEachEntry((key, value) -> {
            if (value.isValueNode() && !value.isNull()) {
                metadata.put(key, shown.apply(value.asText()));
            }
        });
        String answer =
                row.response() == null ? "" : shown.apply(Js.text(row.response().output()));
        return new ItemScore(
                shown.apply(String.format(
                        Locale.ROOT,
                        "%s #%d%s %s",
                        row.test().place(),
                        row.testIndex(),
                        time == 1 ? "" : "." + time,
                        row.column().prompt().label())),
                "",
                answer,
                scores,
                metadata);
    }

    private static ProviderScores scores(String provider, List<ItemScore> items) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        names(items).forEach(name -> Metrics.of(name, items).ifPresent(value -> metrics.put(name, value)));
        return new ProviderScores(provider, metrics, items);
    }

    private static Set<String> names(Collection<ItemScore> items) {
        Set<String> names = new TreeSet<>();
        items.forEach(item -> names.addAll(item.scores().keySet()));
        return names;
    }
}
