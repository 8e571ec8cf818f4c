package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.checks.CheckResult;
import io.github.ftmaven.runtime.checks.DatasetChecks;
import io.github.ftmaven.runtime.checks.Inspection;
import io.github.ftmaven.runtime.checks.RowLook;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.files.Scratch;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
     * Where a dataset is written, and where an earlier one is.
     *
     * @param encoding identifies how rows are encoded; null to encode every row
     */
    private record Places(DatasetStore store, @Nullable String encoding, Scratch scratch) {
        EarlierEncodings earlier(Split split, BaseModel base) {
            return store.earlier(split, base.embeddingRows(), encoding, scratch);
        }
    }

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
        return run(spec, specDirectory, project, base, outputDirectory, null, messages, DatasetProgress.NONE);
    }

    /**
     * The same, and tells how far it is.
     *
     * @param encoding identifies everything but the rows that their tokens depend on: rows that an earlier dataset under the
     *     same name has in {@code dataset/} are not tokenized again; null to tokenize every row
     */
    public static Result run(
            FineTuneSpec spec,
            Path specDirectory,
            ProjectPaths project,
            BaseModel base,
            Path outputDirectory,
            @Nullable String encoding,
            Consumer<String> messages,
            DatasetProgress progress) {
        DatasetStore store = new DatasetStore(outputDirectory);
        try (ExampleSpool spool = store.spool();
                Scratch scratch = store.scratch()) {
            Splits splits = Splits.read(spec, specDirectory, project, spool::add, progress::read);
            if (splits.train().isEmpty()) {
                throw new InvalidInputException(
                        "dataset.train: every row is also a test or validation row, so no row is left to learn.");
            }
            return write(spec, splits, base, new Places(store, encoding, scratch), messages, progress);
        }
    }

    private static Result write(
            FineTuneSpec spec,
            Splits splits,
            BaseModel base,
            Places places,
            Consumer<String> messages,
            DatasetProgress progress) {
        try (Tokenizer tokenizer = Tokenizer.load(base.directory(), base.embeddingRows());
                DatasetStore.Draft draft = places.store().draft(base.embeddingRows(), places.encoding())) {
            ChatFormat format = ChatFormat.of(spec.dataset(), base.directory(), tokenizer, base.endTokens());
            List<String> specialTokens =
                    spec.dataset().rendering().template() == TemplateChoice.RAW ? List.of() : tokenizer.addedTokens();
            SplitCheck check = check(spec.dataset(), base, format, new RowLook(specialTokens), places.scratch());
            Map<Split, SplitCheck.Checked> checked = checked(splits, check, base, places, draft, progress);
            Inspection rows = new Inspection(
                    of(checked, Split.TRAIN).rows(),
                    of(checked, Split.VALIDATION).rows(),
                    of(checked, Split.TEST).rows(),
                    !spec.dataset().validation().files().isEmpty(),
                    specialTokens);
            List<CheckResult> results =
                    DatasetChecks.run(spec.dataset().checks(), spec.adapter().method(), rows, places.scratch());
            DatasetChecks.requirePassed(results);
            DatasetReport report = new DatasetReport(
                    of(checked, Split.TRAIN).report(),
                    of(checked, Split.VALIDATION).report(),
                    of(checked, Split.TEST).report(),
                    splits.overlapDropped(),
                    Distilled.count(of(checked, Split.TRAIN).rows().examples(), splits.origins()),
                    format.notes(),
                    DatasetChecks.warnings(results));
            DatasetProfile profile = new DatasetProfile(
                    report,
                    new DatasetProfile.Limit(check.limit(), check.limitOrigin()),
                    Stream.of(Split.values())
                            .collect(Collectors.toMap(
                                    split -> split, split -> of(checked, split).lengths())),
                    Profiler.labels(rows),
                    Stream.concat(Profiler.rules(splits.leaks(), checked).stream(), results.stream())
                            .toList(),
                    Profiler.rendered(of(checked, Split.TRAIN).rows(), format, tokenizer));
            draft.commit(report);
            tell(splits, report, messages);
            tellReused(checked.values(), messages);
            return new Result(report, profile);
        }
    }

    private static SplitCheck.Checked of(Map<Split, SplitCheck.Checked> checked, Split split) {
        return Objects.requireNonNull(checked.get(split));
    }

    private static void tell(Splits splits, DatasetReport report, Consumer<String> messages) {
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
                .forEach(each -> messages.accept(each.sentence(report.train().rows())));
    }

    private static void tellReused(Collection<SplitCheck.Checked> checked, Consumer<String> messages) {
        int reused = checked.stream().mapToInt(SplitCheck.Checked::reused).sum();
        if (reused > 0) {
            messages.accept(
                    "tokens of " + Counted.of(reused, "row") + " are those of the last build, for the same texts");
        }
    }

    /** Encodes and writes the splits one after the other. */
    private static Map<Split, SplitCheck.Checked> checked(
            Splits splits,
            SplitCheck check,
            BaseModel base,
            Places places,
            DatasetStore.Draft draft,
            DatasetProgress progress) {
        long all = Stream.of(Split.values())
                .mapToLong(split -> splits.of(split).size())
                .sum();
        Map<Split, SplitCheck.Checked> checked = new EnumMap<>(Split.class);
        long[] before = new long[2]; // examples and tokens
        for (Split split : Split.values()) {
            try (EarlierEncodings earlier = places.earlier(split, base)) {
                checked.put(
                        split, check.check(split, splits.of(split), earlier, draft.files(split), (examples, tokens) -> {
                            before[1] += tokens;
                            progress.encoded(before[0] + examples, all, before[1]);
                        }));
            }
            before[0] += splits.of(split).size();
        }
        return checked;
    }

    private static SplitCheck check(
            DatasetSpec dataset, BaseModel base, ChatFormat format, RowLook look, Scratch scratch) {
        Integer maxLength = dataset.length().maxLength();
        if (maxLength != null && maxLength > base.maxLength()) {
            throw new InvalidInputException("dataset.maxLength: " + maxLength + " is more than the " + base.maxLength()
                    + " tokens for which the base model has positions.");
        }
        return new SplitCheck(
                format,
                maxLength == null ? base.maxLength() : maxLength,
                maxLength == null ? "the base model's limit" : "dataset.maxLength",
                dataset.length().longExamples(),
                InspectedRows.of(dataset),
                look,
                scratch);
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
