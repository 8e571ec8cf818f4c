package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Scratch;
import io.github.ftmaven.runtime.spec.CheckLevel;
import io.github.ftmaven.runtime.spec.ChecksSpec;
import io.github.ftmaven.runtime.spec.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All checks of a dataset, in the order of their keys. */
public final class DatasetChecks {
    private record Entry(String name, CheckLevel level, DataCheck check, String remedy) {}

    private DatasetChecks() {}

    /**
     * What the checks found that are not off.
     *
     * @param scratch for what is known of every row
     */
    public static List<CheckResult> run(ChecksSpec spec, Method method, Inspection rows, Scratch scratch) {
        return entries(spec, method, rows, scratch).stream()
                .filter(entry -> entry.level() != CheckLevel.OFF)
                .map(entry -> new CheckResult(
                        entry.name(), entry.level(), entry.check().find(rows), entry.remedy()))
                .toList();
    }

    private static List<Entry> entries(ChecksSpec spec, Method method, Inspection rows, Scratch scratch) {
        NearRows near = new NearRows(rows, scratch);
        Optional<AnswerLabels> labels = AnswerLabels.of(rows);
        return List.of(
                new Entry(
                        "exactDuplicates",
                        spec.repeats().exactDuplicates(),
                        new RepeatedRows(),
                        "Remove the repeated rows."),
                new Entry(
                        "nearDuplicates",
                        spec.repeats().nearDuplicates(),
                        near.duplicates(),
                        "Keep one row of each pair that says nothing new."),
                new Entry(
                        "nearLeaks",
                        spec.repeats().nearLeaks(),
                        near.leaks(),
                        "Keep rows of one origin on one side: remove them from train, or from the test file."),
                new Entry(
                        "conflictingAnswers",
                        spec.repeats().conflictingAnswers(),
                        new ConflictingAnswers(),
                        "Decide for one answer."),
                new Entry(
                        "labelImbalance",
                        spec.labels().labelImbalance(),
                        new LabelImbalance(labels),
                        "Add rows with these labels, or merge labels."),
                new Entry(
                        "unseenLabels",
                        spec.labels().unseenLabels(),
                        new UnseenLabels(labels),
                        "Add training rows with these labels, or correct their spelling."),
                new Entry(
                        "labelSpelling",
                        spec.labels().labelSpelling(),
                        new LabelSpelling(labels),
                        "Spell each label in one way."),
                new Entry(
                        "shortAnswers",
                        spec.answers().shortAnswers(),
                        new ShortAnswers(),
                        "Complete these answers, or remove the rows."),
                new Entry(
                        "copiedPrompts",
                        spec.answers().copiedPrompts(),
                        new CopiedPrompts(),
                        "Correct these answers, or remove the rows."),
                new Entry(
                        "alteredAnswers",
                        spec.answers().alteredAnswers(),
                        new AlteredAnswers(),
                        "Look at them with ft:render and -Dft.tokens."),
                new Entry(
                        "specialTokens",
                        spec.texts().specialTokens(),
                        new SpecialTokensInText(rows.specialTokens()),
                        "Remove the tokens from the text."),
                new Entry(
                        "secrets",
                        spec.texts().secrets(),
                        SensitiveText.secrets(),
                        "Revoke them, and replace them in the data: a model can repeat what it learnt."),
                new Entry(
                        "personalData",
                        spec.texts().personalData(),
                        SensitiveText.personal(),
                        "Replace them in the data: a model can repeat what it learnt."),
                new Entry(
                        "encoding",
                        spec.texts().encoding(),
                        new Mojibake(),
                        "Convert the file from its real encoding to UTF-8 again."),
                new Entry(
                        "scripts",
                        spec.texts().scripts(),
                        new ForeignScripts(),
                        "Remove these rows if they are there by mistake."),
                new Entry("fewExamples", spec.fewExamples(), new FewExamples(method), "Add examples."));
    }

    /**
     * Ends the goal if a check failed.
     *
     * @throws InvalidInputException with one line for each finding of such a check
     */
    public static void requirePassed(List<CheckResult> results) {
        List<CheckResult> failed = results.stream().filter(CheckResult::fails).toList();
        if (failed.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("dataset.checks: " + Counted.of(failed.size(), "check") + " failed.");
        for (CheckResult result : failed) {
            for (Finding finding : result.findings()) {
                lines.add("  " + result.check() + ": " + finding.line() + ". " + result.remedy());
            }
        }
        lines.add("  A check that is set to warn or off lets the build go on.");
        throw new InvalidInputException(String.join("\n", lines));
    }

    /** One line for each finding of a check that warns. */
    public static List<String> warnings(List<CheckResult> results) {
        return results.stream()
                .filter(result -> result.level() == CheckLevel.WARN)
                .flatMap(result -> result.findings().stream())
                .map(Finding::line)
                .toList();
    }
}
