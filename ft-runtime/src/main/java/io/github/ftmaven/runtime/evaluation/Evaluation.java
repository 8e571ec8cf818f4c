package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.adapter.AdapterArtifact;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Baseline;
import io.github.ftmaven.runtime.spec.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts every question of a spec to the base, its baselines and the tuned model, and to the released adapter if a rule
 * compares with it. The tuned model comes from the packaged file, not from the training process.
 */
public final class Evaluation {
    private final Job job;
    private final EvaluatedModels.Host host;
    private final Path directory;
    private final Events events;

    private Evaluation(Job job, EvaluatedModels.Host host, Path directory, Events events) {
        this.job = job;
        this.host = host;
        this.directory = directory;
        this.events = events;
    }

    /**
     * Measures a packaged adapter.
     *
     * @param host where the models are
     * @param jar the packaged adapter
     * @param released the released adapter for rules with {@code over: released}; null without such a rule
     * @param directory the directory for the results of suite and tasks; earlier results are deleted
     * @throws InvalidInputException if the spec names questions that cannot be asked
     */
    public static Scores measure(
            Job job,
            EvaluatedModels.Host host,
            Path jar,
            @Nullable ReleasedModel released,
            Path directory,
            Events events)
            throws IOException {
        return measure(
                (asked, packaged, subject) -> new Evaluation(asked, host, directory, events).sets(packaged, subject),
                job,
                jar,
                released,
                directory,
                events);
    }

    /** Puts the questions of a job to a packaged fine-tune, and to others if it is the tuned one. */
    @FunctionalInterface
    interface Asking {
        List<ScoreSet> sets(Job job, Path jar, String subject) throws IOException;
    }

    /** Measures by asking in some way. */
    static Scores measure(
            Asking asking, Job job, Path jar, @Nullable ReleasedModel released, Path directory, Events events)
            throws IOException {
        SuiteEvaluation.delete(directory);
        TaskEvaluation.delete(directory);
        Files.createDirectories(directory);
        List<ScoreSet> sets = asking.sets(job, jar, ProviderScores.TUNED);
        if (released != null && released.jar() != null) {
            Path older = Path.of(released.jar());
            sets = ReleasedScores.of(job, released, older)
                    .join(sets, then -> asking.sets(then, older, ProviderScores.RELEASED), events);
        }
        return new Scores(PackagedAdapter.trainedDigest(jar, jar.toString()), sets);
    }

    /**
     * Puts all questions to the adapter in a jar.
     *
     * @param subject {@code tuned}, which also asks the base and the baselines; or {@code released}
     */
    private List<ScoreSet> sets(Path jar, String subject) throws IOException {
        Path unpacked = directory.resolve("unpacked");
        Directories.delete(unpacked);
        AdapterArtifact.unpack(jar, jar.toString(), unpacked);
        DatasetStore store = new DatasetStore(job.output());
        DatasetReport report = store.report();
        List<Example> test = store.read(Split.TEST);
        List<ScoreSet> sets = new ArrayList<>();
        OtherQuestions others;
        try (Tokenizer tokenizer = Tokenizer.load(job.base().path(), job.embeddingRows())) {
            ChatFormat format = job.format(tokenizer);
            Integer declared = job.spec().evaluation().answers().maxNewTokens();
            int limit = Objects.requireNonNullElseGet(
                    declared,
                    () -> subject.equals(ProviderScores.TUNED)
                            ? report.test().lengths().longestAnswer()
                            : longestAnswer(format, test));
            others = OtherQuestions.of(job, tokenizer, subject, events);
            TestQuestions questions =
                    new TestQuestions(job, format, test, limit, AnswerSchema.of(job), subject, events);
            sets.add(new ScoreSet(ScoreSet.TEST, report.test().sha256(), ask(unpacked, questions, others)));
        }
        Directories.delete(unpacked);
        sets.addAll(others.finish(directory));
        return sets;
    }

    /** The limit in tokens of a base other than the one in the dataset's report. */
    private static int longestAnswer(ChatFormat format, List<Example> test) {
        return test.stream()
                .mapToInt(example -> format.encodeLast(example.conversation()).answerLength())
                .max()
                .orElse(1);
    }

    /** The base comes first. It computes in the precision that the adapter was trained in. */
    private List<ProviderScores> ask(Path unpacked, TestQuestions questions, OtherQuestions others) throws IOException {
        DType type = job.spec().adapter().method() == Method.FULL
                ? DType.F32
                : PeftAdapter.precision(unpacked, "the packaged adapter");
        try (EvaluatedModels models = host.open(job, type, events)) {
            BatchModel base = models.base();
            others.ask(ProviderScores.BASE, base, questions.format());
            List<ProviderScores> scores = new ArrayList<>();
            // The released adapter was already compared with its own baselines.
            List<Baseline> baselines = questions.subject().equals(ProviderScores.TUNED)
                    ? job.spec().evaluation().baselines()
                    : List.of();
            for (Baseline baseline : baselines) {
                try (BaselinePrompts prompts = BaselinePrompts.of(job, baseline)) {
                    others.ask(baseline, base, questions.format(), prompts);
                    scores.add(questions.ask(baseline.label(), base, prompts::ask));
                }
            }
            BatchModel tuned = models.tuned(unpacked);
            others.ask(questions.subject(), tuned, questions.format());
            scores.add(questions.ask(questions.subject(), tuned, question -> question));
            return scores;
        }
    }
}
