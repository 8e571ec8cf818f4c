package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.SameQuestion;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.generation.HarnessModel;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.lmeval.TaskSet;
import io.github.ftmaven.runtime.scores.Copies;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.spec.Sameness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code evaluation.tasks}: puts tasks of lm-evaluation-harness to each model while it is loaded. */
final class TaskEvaluation {
    private static final String RESULTS = "lm-eval";

    private final Job job;
    private final Tokenizer tokenizer;
    private final TaskSet tasks;
    private final Map<String, TaskSet.Results> results = new LinkedHashMap<>();

    private TaskEvaluation(Job job, Tokenizer tokenizer, TaskSet tasks) {
        this.job = job;
        this.tokenizer = tokenizer;
        this.tasks = tasks;
    }

    /** The tasks of a job; empty if its spec does not name any. */
    static Optional<TaskEvaluation> of(Job job, Tokenizer tokenizer) {
        List<TaskSet.Source> sources = job.spec().evaluation().tasks().stream()
                .map(task -> new TaskSet.Source(
                        job.specDirectory().resolve(task.path()), task.path(), task.fewShot(), task.limit()))
                .toList();
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(new TaskEvaluation(job, tokenizer, TaskSet.read(sources)));
    }

    /** Asks a model, {@code tuned} or {@code base}. */
    void ask(String provider, BatchModel model, Events events) {
        String[] task = {""};
        HarnessModel asked = new HarnessModel(
                model,
                tokenizer,
                job.base().architecture().rope().maxPositions(),
                job.base().endTokens(),
                job.spec().evaluation().answers().batchSize(),
                (done, total) -> events.progress(
                        new Event.Progress("Task " + task[0] + " with " + provider, done, total, null, null, null)));
        TaskSet.Results answered = tasks.ask(asked, name -> task[0] = name);
        results.put(provider, answered);
        for (String name : tasks.tasks()) {
            List<String> errors = answered.errors(name);
            if (!errors.isEmpty()) {
                events.warn("Task " + name + ": " + Counted.of(errors.size(), "answer") + " of " + provider
                        + " could not be filtered and count as wrong; the first: " + errors.get(0));
            }
        }
    }

    /** A set of scores for each task. */
    List<ScoreSet> sets() {
        List<ScoreSet> sets = new ArrayList<>();
        for (String task : tasks.tasks()) {
            List<ProviderScores> providers = new ArrayList<>();
            Sameness sameness = job.spec().dataset().leaks().sameQuestion();
            results.forEach((provider, own) -> providers.add(scores(provider, own, task, sameness)));
            sets.add(new ScoreSet(task, digest(tasks, task), providers));
        }
        return sets;
    }

    /** A model's scores in a task; documents that ask the same are marked as copies. */
    static ProviderScores scores(String provider, TaskSet.Results results, String task, Sameness sameness) {
        List<ItemScore> items = new ArrayList<>();
        List<List<String>> questions = new ArrayList<>();
        for (TaskSet.Item item : results.items(task)) {
            items.add(new ItemScore(item.id(), item.expected(), item.answer(), item.scores()));
            questions.add(item.question().stream()
                    .map(text -> SameQuestion.normal(text, sameness))
                    .toList());
        }
        return new ProviderScores(provider, results.metrics(task), Copies.mark(items, questions));
    }

    /** The digest of a task's files and of its keys in the spec, which change the questions. */
    static String digest(TaskSet tasks, String task) {
        String digest = Digests.sha256(List.copyOf(tasks.files(task)));
        TaskSet.Source source = tasks.source(task);
        if (source.fewShot() != null) {
            digest = Digests.sha256(digest + " fewShot " + source.fewShot());
        }
        if (source.limit() != null) {
            digest = Digests.sha256(digest + " limit " + source.limit());
        }
        return digest;
    }

    /** Deletes the results of an earlier evaluation, because this one may not have tasks. */
    static void delete(Path directory) throws IOException {
        Directories.delete(directory.resolve(RESULTS));
    }

    /** Writes the files of lm-eval, for each model into its own directory: {@code lm-eval/tuned/results.json}. */
    void write(Path directory) throws IOException {
        Path all = directory.resolve(RESULTS);
        for (Map.Entry<String, TaskSet.Results> result : results.entrySet()) {
            Path own = all.resolve(result.getKey());
            JsonFile.write(own.resolve("results.json"), result.getValue().json(result.getKey()));
            for (String task : tasks.tasks()) {
                String lines = String.join("\n", result.getValue().samples(task)) + "\n";
                AtomicFile.write(
                        own.resolve("samples_" + task.replace(':', '_') + ".jsonl"),
                        lines.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
