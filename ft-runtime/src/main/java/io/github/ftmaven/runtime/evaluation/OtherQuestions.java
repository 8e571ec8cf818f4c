package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.spec.Baseline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The questions of a spec besides the test set: its suite, its retention text, its tasks. Each model answers while it
 * is loaded.
 *
 * @param suite null if the spec does not name one; the same applies to the others
 * @param subject the model under evaluation
 */
record OtherQuestions(
        @Nullable SuiteEvaluation suite,
        @Nullable Retention retention,
        @Nullable TaskEvaluation tasks,
        String subject,
        Events events) {
    static OtherQuestions of(Job job, Tokenizer tokenizer, String subject, Events events) throws IOException {
        return new OtherQuestions(
                SuiteEvaluation.of(job, subject).orElse(null),
                Retention.of(job, tokenizer).orElse(null),
                TaskEvaluation.of(job, tokenizer).orElse(null),
                subject,
                events);
    }

    /** The questions to models at a service, which only answer. */
    static OtherQuestions ofAnswers(Job job, String subject, Events events) throws IOException {
        return new OtherQuestions(SuiteEvaluation.of(job, subject).orElse(null), null, null, subject, events);
    }

    /** Asks the base or the subject. */
    void ask(String provider, BatchModel model, ChatFormat format) {
        if (suite != null) {
            suite.ask(provider, suite.model(model, format, question -> question), events);
        }
        if (retention != null) {
            retention.measure(provider, model);
        }
        if (tasks != null && (provider.equals(subject) || isAboutTheTuned())) {
            tasks.ask(provider, model, events);
        }
    }

    /** Asks the base with a baseline's prompts; only the suite supports baselines. */
    void ask(Baseline baseline, BatchModel base, ChatFormat format, BaselinePrompts prompts) {
        if (suite != null && !baseline.label().equals(ProviderScores.BASE)) {
            suite.ask(baseline.label(), suite.model(base, format, prompts::ask), events);
        }
    }

    /**
     * Compares the answers to the suite, and writes the results of suite and tasks if they belong to the tuned model.
     *
     * @return a set of scores for each of them
     * @throws InvalidInputException if a test of the suite could not be run
     */
    List<ScoreSet> finish(Path directory) throws IOException {
        List<ScoreSet> sets = new ArrayList<>();
        if (retention != null) {
            sets.add(retention.set());
        }
        if (suite != null) {
            suite.compare();
            if (isAboutTheTuned()) {
                suite.write(directory);
            }
            suite.requireNoErrors();
            if (suite.set().isEmpty()) {
                events.warn("evaluation.suite does not ask the " + subject + " model, so it has no pass rate.");
            }
            suite.set().ifPresent(set -> {
                warnOfMissing(set);
                sets.add(set);
            });
        }
        if (tasks != null) {
            if (isAboutTheTuned()) {
                tasks.write(directory);
            }
            sets.addAll(tasks.sets());
        }
        return sets;
    }

    private void warnOfMissing(ScoreSet set) {
        set.missing().stream()
                .collect(Collectors.toMap(
                        ScoreSet.Missing::provider, ScoreSet.Missing::reason, (a, b) -> a, TreeMap::new))
                .forEach((provider, reason) ->
                        events.warn("The suite's results of " + provider + " are not compared: " + reason + "."));
    }

    private boolean isAboutTheTuned() {
        return subject.equals(ProviderScores.TUNED);
    }
}
