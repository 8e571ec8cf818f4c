package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.checks.CheckResult;
import io.github.ftmaven.runtime.checks.DatasetChecks;
import io.github.ftmaven.runtime.checks.Inspection;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The goal {@code ft:dataset}: reads, checks, splits and encodes the examples, and writes them in one format. */
public final class DatasetStage {
    private DatasetStage() {}

    /**
     * A dataset that was written.
     *
     * @param profile what its report shows, which is not written yet
     */
    public record Result(DatasetReport report, DatasetProfile profile) {}

    /**
     * Prepares the dataset of a spec for a base model.
     *
     * @param specDirectory the directory that paths in the spec are relative to
     * @param project how messages and sources show files, and where fetched ones are
     * @param outputDirectory where {@code dataset/} is written; see {@link DatasetStore}
     * @param messages receives the findings, one sentence at a time; warnings are in the report only
     * @throws InvalidInputException if the spec, the data or the tokenizer is invalid, or a check fails; nothing is
     *     written then
     */
    public static Result run(
            FineTuneSpec spec,
            Path specDirectory,
            ProjectPaths project,
            BaseModel base,
            Path outputDirectory,
            Consumer<String> messages) {
        DatasetSpec dataset = spec.dataset();
        Splits splits = Splits.read(spec, specDirectory, project);
        if (splits.train().isEmpty()) {
            throw new InvalidInputException(
                    "dataset.train: every row is also a test or validation row, so no row is left to learn.");
        }
        try (Tokenizer tokenizer = Tokenizer.load(base.directory(), base.embeddingRows())) {
            ChatFormat format = ChatFormat.of(dataset, base.directory(), tokenizer, base.endTokens());
            SplitCheck check = check(dataset, base, format);
            SplitCheck.Checked train = check.check(Split.TRAIN, splits.train());
            SplitCheck.Checked validation = check.check(Split.VALIDATION, splits.validation());
            SplitCheck.Checked test = check.check(Split.TEST, splits.test());
            Inspection rows = new Inspection(
                    train.rows(),
                    validation.rows(),
                    test.rows(),
                    !dataset.validation().files().isEmpty(),
                    dataset.rendering().template() == TemplateChoice.RAW ? List.of() : tokenizer.addedTokens());
            List<CheckResult> results =
                    DatasetChecks.run(dataset.checks(), spec.adapter().method(), rows);
            DatasetChecks.requirePassed(results);
            DatasetReport report = new DatasetReport(
                    train.report(),
                    validation.report(),
                    test.report(),
                    splits.overlapDropped(),
                    Distilled.count(train.examples(), splits.origins()),
                    format.notes(),
                    DatasetChecks.warnings(results));
            DatasetProfile profile = new DatasetProfile(
                    report,
                    new DatasetProfile.Limit(check.limit(), check.limitOrigin()),
                    Map.of(
                            Split.TRAIN, train.lengths(),
                            Split.VALIDATION, validation.lengths(),
                            Split.TEST, test.lengths()),
                    Profiler.labels(rows),
                    Stream.concat(
                                    Profiler.rules(
                                            splits.leaks(),
                                            Map.of(Split.TRAIN, train, Split.VALIDATION, validation, Split.TEST, test))
                                            .stream(),
                                    results.stream())
                            .toList(),
                    Profiler.rendered(train.examples(), format, tokenizer));
            new DatasetStore(outputDirectory)
                    .write(
                            Map.of(
                                    Split.TRAIN,
                                    train.examples(),
                                    Split.VALIDATION,
                                    validation.examples(),
                                    Split.TEST,
                                    test.examples()),
                            report);
            if (!splits.unread().isEmpty()) {
                messages.accept("ignored columns and keys: " + String.join(", ", splits.unread()));
            }
            if (!splits.skipped().isEmpty()) {
                messages.accept("files without rows: " + String.join(", ", splits.skipped()));
            }
            splits.notes().forEach(messages);
            for (Split split : Split.values()) {
                messages.accept(summary(split, report.split(split)));
            }
            report.distilled()
                    .forEach(
                            each -> messages.accept(each.sentence(report.train().rows())));
            return new Result(report, profile);
        }
    }

    private static SplitCheck check(DatasetSpec dataset, BaseModel base, ChatFormat format) {
        Integer maxLength = dataset.length().maxLength();
        if (maxLength == null) {
            return new SplitCheck(
                    format,
                    base.maxLength(),
                    "the base model's limit",
                    dataset.length().longExamples(),
                    InspectedRows.of(dataset));
        }
        if (maxLength > base.maxLength()) {
            throw new InvalidInputException("dataset.maxLength: " + maxLength + " is more than the " + base.maxLength()
                    + " tokens for which the base model has positions.");
        }
        return new SplitCheck(
                format, maxLength, "dataset.maxLength", dataset.length().longExamples(), InspectedRows.of(dataset));
    }

    private static String summary(Split split, SplitReport report) {
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, %,d of them to learn, longest %,d",
                split.label(),
                Counted.of(report.rows(), "example"),
                Counted.of(report.lengths().tokens(), "token"),
                report.lengths().supervisedTokens(),
                report.lengths().longest());
    }
}
