package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.AdapterArtifact;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.DatasetReport;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.PromptKey;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.AnswerSchema;
import io.github.ftmaven.runtime.evaluation.Metrics;
import io.github.ftmaven.runtime.generation.Answers;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.scores.Copies;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.ScoresJson;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Baseline;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Method;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Metric;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code ft:evaluate}: asks the base and the tuned model every test question and leaves {@code evaluation/scores.json}.
 * The tuned model is what the packaged file holds, not what training has in memory.
 */
final class EvaluateTask implements Task {
    @Override
    public Map<String, Object> run(WorkRequest request, Events events) throws IOException {
        Job job = Job.of(request);
        Path jar = Path.of(Objects.requireNonNull(request.required().artifact(), "artifact"));
        Path directory = job.output().resolve("evaluation");
        SuiteEvaluation.delete(directory);
        TaskEvaluation.delete(directory);
        Torch torch = Torch.load(request.setting().device(), request.setting().threads());
        List<ScoreSet> sets = measure(job, torch, jar, ProviderScores.TUNED, events);
        WorkRequest.Released released = request.required().released();
        if (released != null && released.jar() != null) {
            ReleasedScores scores = ReleasedScores.of(job, released, Path.of(released.jar()));
            sets = scores.join(
                    sets,
                    older -> measure(older, torch, Path.of(released.jar()), ProviderScores.RELEASED, events),
                    events);
        }
        Scores scores = new Scores(PackagedAdapter.trainedDigest(jar, jar.toString()), sets);
        Files.createDirectories(directory);
        ScoresJson.write(directory.resolve("scores.json"), scores);
        Map<String, Object> fields = new LinkedHashMap<>();
        scores.providers().forEach(provider -> fields.put(provider, scores.metrics(provider)));
        return fields;
    }

    /**
     * Asks the adapter in a jar all questions.
     *
     * @param subject whom it is asked as: {@code tuned}, then the base and the baselines are asked too; or {@code released}
     */
    private static List<ScoreSet> measure(Job job, Torch torch, Path jar, String subject, Events events)
            throws IOException {
        Path directory = job.output().resolve("evaluation");
        Path unpacked = directory.resolve("unpacked");
        Directories.delete(unpacked);
        AdapterArtifact.unpack(jar, jar.toString(), unpacked);
        DatasetStore store = new DatasetStore(job.output());
        DatasetReport report = store.report();
        List<Example> test = store.read(Split.TEST);
        String declaredSchema = job.spec().evaluation().schema();
        AnswerSchema schema = declaredSchema == null
                ? null
                : AnswerSchema.read(job.specDirectory().resolve(declaredSchema), declaredSchema);
        List<ScoreSet> sets = new ArrayList<>();
        SuiteEvaluation suite = SuiteEvaluation.of(job, subject).orElse(null);
        TaskEvaluation tasks;
        try (Tokenizer tokenizer = Tokenizer.load(job.base().path(), job.embeddingRows());
                Arena arena = torch.arena()) {
            ChatFormat format = job.format(tokenizer);
            Integer declared = job.spec().evaluation().maxNewTokens();
            int limit = Objects.requireNonNullElseGet(
                    declared,
                    () -> subject.equals(ProviderScores.TUNED)
                            ? report.test().longestAnswer()
                            : longestAnswer(format, test));
            Retention retention = Retention.of(job, tokenizer).orElse(null);
            tasks = TaskEvaluation.of(job, tokenizer).orElse(null);
            Questions questions =
                    new Questions(job, format, test, limit, schema, suite, retention, tasks, subject, events);
            sets.add(new ScoreSet(ScoreSet.TEST, report.test().sha256(), ask(job, arena, unpacked, questions)));
            if (retention != null) {
                sets.add(retention.set());
            }
        }
        Directories.delete(unpacked);
        if (suite != null) {
            Files.createDirectories(directory);
            suite.compare();
            if (subject.equals(ProviderScores.TUNED)) {
                suite.write(directory);
            }
            suite.requireNoErrors();
            if (suite.set().isEmpty()) {
                events.warn("evaluation.suite asks the " + subject + " model nothing, so there is no pass rate of it.");
            }
            suite.set().ifPresent(set -> {
                set.missing().stream()
                        .collect(Collectors.toMap(
                                ScoreSet.Missing::provider, ScoreSet.Missing::reason, (a, b) -> a, TreeMap::new))
                        .forEach((provider, reason) -> events.warn(
                                "The suite's results of " + provider + " are not compared: " + reason + "."));
                sets.add(set);
            });
        }
        if (tasks != null) {
            if (subject.equals(ProviderScores.TUNED)) {
                tasks.write(directory);
            }
            sets.addAll(tasks.sets());
        }
        return sets;
    }

    /** In tokens of another base than the one of the dataset's report. */
    private static int longestAnswer(ChatFormat format, List<Example> test) {
        return test.stream()
                .mapToInt(example -> format.encodeLast(example.conversation()).answerLength())
                .max()
                .orElse(1);
    }

    /** The base first: merging changes its weights for good. */
    private static List<ProviderScores> ask(Job job, Arena arena, Path unpacked, Questions questions) {
        Architecture architecture = job.base().architecture();
        BaseTensors weights = job.weights(arena);
        Decoder base = Decoder.of(arena, architecture, weights, null, false);
        List<ProviderScores> scores = new ArrayList<>();
        questions.askMore(ProviderScores.BASE, base);
        for (Baseline baseline : questions.baselines()) {
            try (BaselinePrompts prompts = BaselinePrompts.of(job, baseline)) {
                if (questions.suite() != null && !baseline.label().equals(ProviderScores.BASE)) {
                    questions.suite().ask(baseline.label(), base, questions.format(), prompts::ask, questions.events());
                }
                scores.add(questions.ask(baseline.label(), base, prompts::ask));
            }
        }
        if (job.spec().adapter().method() != Method.FULL) {
            PeftAdapter adapter = PeftAdapter.read(unpacked, "the packaged adapter", architecture);
            LoraTensors lora = LoraTensors.of(arena, adapter);
            Decoder tuned = Decoder.of(arena, architecture, weights, lora, false);
            if (weights.isQuantized()) {
                scores.add(questions.askTuned(tuned));
            } else {
                tuned.merge();
                scores.add(questions.askTuned(base));
            }
        } else {
            weights.tensors().forEach(Tensor::close);
            ModelDirectory model = ModelDirectory.open(
                    unpacked, "the packaged model", job.spec().base().ignoreKeys());
            BaseTensors tuned = BaseTensors.read(arena, model.architecture(), model.weights());
            scores.add(questions.askTuned(Decoder.of(arena, model.architecture(), tuned, null, false)));
        }
        return scores;
    }

    /** The test set, ready to be asked. */
    private record Questions(
            Job job,
            ChatFormat format,
            List<Example> test,
            int limit,
            @Nullable AnswerSchema schema,
            @Nullable SuiteEvaluation suite,
            @Nullable Retention retention,
            @Nullable TaskEvaluation tasks,
            String subject,
            Events events) {
        ProviderScores askTuned(Decoder decoder) {
            askMore(subject, decoder);
            return ask(subject, decoder, question -> question);
        }

        /** What today's adapter is compared with, the released one was. */
        List<Baseline> baselines() {
            return subject.equals(ProviderScores.TUNED)
                    ? job.spec().evaluation().baselines()
                    : List.of();
        }

        /** What is asked beside the test questions. */
        void askMore(String provider, Decoder decoder) {
            if (suite != null) {
                suite.ask(provider, decoder, format, question -> question, events);
            }
            if (retention != null) {
                retention.measure(provider, decoder);
            }
            if (tasks != null && (provider.equals(subject) || subject.equals(ProviderScores.TUNED))) {
                tasks.ask(provider, decoder, events);
            }
        }

        ProviderScores ask(String provider, Decoder decoder, UnaryOperator<Conversation> asking) {
            List<int[]> prompts = test.stream()
                    .map(example -> format.prompt(asking.apply(example.prompt())))
                    .toList();
            requireRoom(provider, prompts);
            long start = System.nanoTime();
            List<Answers.Answer> answers = Answers.greedy(
                    decoder,
                    prompts,
                    limit,
                    format.endTokenId(),
                    job.spec().evaluation().batchSize(),
                    (answered, tokens) -> {
                        double seconds = (System.nanoTime() - start) / 1e9;
                        events.progress(new Event.Progress(
                                "Evaluating " + provider,
                                answered,
                                prompts.size(),
                                null,
                                tokens / seconds,
                                seconds / answered * (prompts.size() - answered)));
                    });
            warnOfUnfinishedReasoning(provider, answers);
            List<Metric> metrics = job.spec().evaluation().metrics();
            List<ItemScore> items = new ArrayList<>();
            for (int i = 0; i < test.size(); i++) {
                Example example = test.get(i);
                items.add(Metrics.item(
                        metrics,
                        example.source(),
                        format.expected(example.conversation()),
                        format.answer(answers.get(i).tokens()),
                        measured(decoder, asking.apply(example.prompt()), example, answers.get(i)),
                        example.metadata()));
            }
            FineTuneSpec.Sameness sameness = job.spec().dataset().sameQuestion();
            List<PromptKey> asked = test.stream()
                    .map(example -> PromptKey.of(example, sameness))
                    .toList();
            return new ProviderScores(provider, Metrics.compute(metrics, items), Copies.mark(items, asked));
        }

        /** Scores of a model that was cut off before it answered say little of what it knows. */
        private void warnOfUnfinishedReasoning(String provider, List<Answers.Answer> answers) {
            long unfinished = answers.stream()
                    .filter(answer -> format.isReasoning(answer.tokens()))
                    .count();
            if (unfinished > 0) {
                events.warn(provider + ": " + unfinished + " of " + Counted.of(answers.size(), "answer")
                        + (unfinished == 1 ? " was" : " were") + " cut off after " + Counted.of(limit, "token")
                        + " while the model still reasoned, which counts as wrong. Raise evaluation.maxNewTokens, or"
                        + " ask for answers without reasoning, as many templates do with dataset.templateArguments:"
                        + " {enable_thinking: false}.");
            }
        }

        /** What is measured of an answer because some metric wants it. */
        private Map<String, Double> measured(
                Decoder decoder, Conversation asked, Example example, Answers.Answer answer) {
            List<Metric> metrics = job.spec().evaluation().metrics();
            Map<String, Double> measured = new LinkedHashMap<>();
            if (metrics.contains(Metric.PERPLEXITY)) {
                List<Message> messages = new ArrayList<>(asked.messages());
                messages.add(example.messages().get(example.messages().size() - 1));
                TokenSequence whole = format.lastAnswer(new Conversation(messages, asked.tools()));
                measured.put(Metrics.LOSS, decoder.loss(List.of(whole)));
                measured.put(Metrics.TOKENS, (double) whole.supervisedCount());
            }
            if (metrics.contains(Metric.JSON_VALID) && schema != null) {
                boolean valid = schema.accepts(format.answer(answer.tokens()));
                measured.put(Metrics.name(Metric.JSON_VALID), valid ? 1.0 : 0.0);
            }
            if (metrics.contains(Metric.ANSWER_TOKENS)) {
                measured.put(Metrics.name(Metric.ANSWER_TOKENS), (double) format.untilEnd(answer.tokens()).length);
            }
            if (metrics.contains(Metric.LATENCY)) {
                measured.put(Metrics.name(Metric.LATENCY), answer.seconds());
            }
            return measured;
        }

        /** A model reads no further than the positions it knows. */
        private void requireRoom(String provider, List<int[]> prompts) {
            long most = job.base().architecture().rope().maxPositions();
            int longest =
                    prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(0);
            if (longest + limit > most) {
                boolean asIs = provider.equals(subject) || provider.equals(ProviderScores.BASE);
                throw new InvalidInputException(
                        (asIs ? "dataset.test: " : "evaluation.baselines: with " + provider + " ")
                                + "the longest question has " + Counted.of(longest, "token")
                                + ", and with an answer of " + limit
                                + " that is more than the " + most + " the model reads. "
                                + (asIs
                                        ? "Shorten it, or lower evaluation.maxNewTokens."
                                        : "Show fewer examples, or a shorter prompt."));
            }
        }
    }
}
