package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.error.InvalidInputException;
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
 * What a spec asks beside the test questions: its suite, the text of its retention, its tasks. A model is asked while it is
 * loaded.
 *
 * @param suite null where the spec names none; so are the others
 * @param subject the model that the evaluation is about
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

    /** Asks the base or the subject. */
    void ask(String provider, Decoder decoder, ChatFormat format) {
        if (suite != null) {
            suite.ask(provider, decoder, format, question -> question, events);
        }
        if (retention != null) {
            retention.measure(provider, decoder);
        }
        if (tasks != null && (provider.equals(subject) || isAboutTheTuned())) {
            tasks.ask(provider, decoder, events);
        }
    }

    /** Asks the base as a baseline does; the suite alone knows baselines. */
    void ask(Baseline baseline, Decoder base, ChatFormat format, BaselinePrompts prompts) {
        if (suite != null && !baseline.label().equals(ProviderScores.BASE)) {
            suite.ask(baseline.label(), base, format, prompts::ask, events);
        }
    }

    /**
     * Compares the answers to the suite, and writes the results of suite and tasks, if they are about the tuned model.
     *
     * @return a set of scores for each
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
                events.warn("evaluation.suite asks the " + subject + " model nothing, so there is no pass rate of it.");
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
