package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.adapter.AdapterArtifact;
import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.completions.ChatAnswer;
import io.github.ftmaven.runtime.completions.ChatServer;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.hosted.HostedSettings;
import io.github.ftmaven.runtime.hosted.KeptModelCheck;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Baseline;
import io.github.ftmaven.runtime.spec.BudgetSpec;
import io.github.ftmaven.runtime.spec.Metric;
import io.github.ftmaven.runtime.spec.OpenAiSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the questions of a spec to a fine-tune whose weights stay at a service, and to its base there. It needs no engine. The
 * fine-tune is the one that the packaged pointer names.
 */
public final class ServedEvaluation {
    private static final String ANSWERS = "answers";

    private final HostedSettings settings;
    private final @Nullable String baseDeployment;
    private final ServedModels models;
    private final Path directory;
    private final Events events;

    private ServedEvaluation(Job job, HostedSettings settings, OpenAiSpec keeper, Path directory, Events events) {
        this.settings = settings;
        this.baseDeployment = keeper.kept().baseDeployment();
        this.models = new ServedModels(
                job,
                settings,
                Objects.requireNonNullElse(keeper.kept().evaluation(), new BudgetSpec(null, null, null)),
                job.output().resolve(ANSWERS),
                ChatServer.PATIENCE,
                events);
        this.directory = directory;
        this.events = events;
    }

    /**
     * Measures a packaged pointer.
     *
     * @param secret of the service's API key
     * @param jar the packaged pointer
     * @param released the released fine-tune for rules with {@code over: released}; null without such a rule
     * @param directory the directory for the results of the suite; earlier results are deleted
     * @throws InvalidInputException if the spec names questions that cannot be asked, or the service does not have the model
     */
    public static Scores measure(
            Job job, String secret, Path jar, @Nullable ReleasedModel released, Path directory, Events events)
            throws IOException {
        ServedEvaluation evaluation = new ServedEvaluation(
                job, HostedSettings.of(job.spec(), secret), job.spec().keeper().orElseThrow(), directory, events);
        try {
            return Evaluation.measure(evaluation::sets, job, jar, released, directory, events);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<ScoreSet> sets(Job job, Path jar, String subject) throws IOException {
        ModelPointer pointer = pointer(jar, subject);
        KeptModelCheck.require(settings, pointer);
        DatasetStore store = new DatasetStore(job.output());
        List<Example> test = store.read(Split.TEST);
        requireTexts(test);
        OtherQuestions others = OtherQuestions.ofAnswers(job, subject, events);
        List<ProviderScores> scores = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        try {
            if (subject.equals(ProviderScores.TUNED)) {
                for (Baseline baseline : job.spec().evaluation().baselines()) {
                    BaselinePrompts prompts = BaselinePrompts.of(job, baseline);
                    asked.add(new Asked(base(pointer, baseline.label()), prompts::ask, prompts));
                }
            }
            asked.add(new Asked(tuned(pointer, subject), question -> question, null));
            models.plan(
                    "the test set",
                    asked.stream()
                            .map(each -> new ServedModels.Batch(each.model(), each.questions(test)))
                            .toList());
            if (others.suite() != null
                    && asked.stream().noneMatch(each -> each.model().provider().equals(ProviderScores.BASE))) {
                Asked base = new Asked(base(pointer, ProviderScores.BASE), question -> question, null);
                others.suite().ask(ProviderScores.BASE, provider(job, base), events);
            }
            for (Asked each : asked) {
                scores.add(scores(job, test, each));
                if (others.suite() != null) {
                    others.suite().ask(each.model().provider(), provider(job, each), events);
                }
            }
        } finally {
            asked.forEach(Asked::close);
        }
        List<ScoreSet> sets = new ArrayList<>();
        sets.add(new ScoreSet(ScoreSet.TEST, store.report().test().sha256(), scores));
        sets.addAll(others.finish(directory));
        return sets;
    }

    /**
     * A model and how it is asked.
     *
     * @param asking builds the prompt of a question
     * @param prompts what that needs; null for nothing
     */
    private record Asked(
            ServedModels.Model model,
            UnaryOperator<Conversation> asking,
            @Nullable BaselinePrompts prompts) {
        List<Conversation> questions(List<Example> test) {
            return test.stream().map(example -> asking.apply(example.prompt())).toList();
        }

        void close() {
            if (prompts != null) {
                prompts.close();
            }
        }
    }

    private ModelPointer pointer(Path jar, String subject) throws IOException {
        String display = subject.equals(ProviderScores.TUNED) ? jar.toString() : "The released fine-tune " + jar;
        Path unpacked = directory.resolve("unpacked");
        Directories.delete(unpacked);
        try {
            AdapterArtifact.unpack(jar, display, unpacked);
            if (!ModelPointer.isIn(unpacked)) {
                throw new InvalidInputException(display + ": holds weights and no " + ModelPointer.FILE + ", but "
                        + settings.name("weights")
                        + " is kept, so nothing is computed here. Compare with another release"
                        + " (-Dft.baseline=GROUP:ARTIFACT:VERSION) or none (-Dft.baseline=none).");
            }
            ModelPointer pointer = ModelPointer.read(unpacked, display);
            // The key of an account goes to that account's service alone.
            if (!pointer.url().equals(settings.base().toString())) {
                throw new InvalidInputException(display + ": its model is at " + pointer.url() + ", but "
                        + settings.name("url")
                        + " is another service, whose key is not sent there. Compare with another"
                        + " release (-Dft.baseline=GROUP:ARTIFACT:VERSION) or none (-Dft.baseline=none).");
            }
            return pointer;
        } finally {
            Directories.delete(unpacked);
        }
    }

    private ServedModels.Model base(ModelPointer pointer, String provider) {
        return new ServedModels.Model(
                provider,
                Objects.requireNonNullElse(baseDeployment, pointer.base()),
                "Check that the base answers under this name there, or write " + settings.name("baseDeployment") + ".");
    }

    private ServedModels.Model tuned(ModelPointer pointer, String provider) {
        return new ServedModels.Model(
                provider,
                pointer.asked(),
                pointer.deployment() == null
                        ? "Does " + pointer.model() + " have to be deployed there? Then write "
                                + settings.name("deployment") + "."
                        : "Deploy " + pointer.model() + " there as " + pointer.deployment() + ", and build again.");
    }

    private ProviderScores scores(Job job, List<Example> test, Asked asked) throws IOException {
        List<ChatAnswer> answers = models.ask(asked.model(), asked.questions(test));
        boolean counts = job.spec().evaluation().metrics().contains(Metric.ANSWER_TOKENS);
        List<TestScores.Given> given = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            ChatAnswer answer = answers.get(i);
            if (counts && !answer.usage().told()) {
                throw new InvalidInputException("evaluation.metrics: answer-tokens needs the number of tokens, but "
                        + settings.place() + " does not say it. Remove the metric.");
            }
            List<Message> messages = test.get(i).messages();
            given.add(new TestScores.Given(
                    messages.get(messages.size() - 1).content().strip(),
                    answer.text().strip(),
                    answer.usage().output(),
                    answer.usage().seconds(),
                    Map.of()));
        }
        return new TestScores(job, test, AnswerSchema.of(job)).of(asked.model().provider(), given);
    }

    private ChatProvider provider(Job job, Asked asked) {
        return new ChatProvider(
                models,
                asked.model(),
                new SuitePrompts(asked.asking(), job.spec().dataset().system()));
    }

    static void requireTexts(List<Example> test) {
        for (Example example : test) {
            if (example.messages().get(example.messages().size() - 1).callsTools()) {
                throw new InvalidInputException(example.source() + ": the answer calls a tool, which cannot be compared"
                        + " with that of a service (runner.openai.weights is kept). Write a suite for such questions, or"
                        + " remove the row.");
            }
        }
    }
}
