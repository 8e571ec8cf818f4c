package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.DataFiles;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Overlap;
import io.github.ftmaven.runtime.spec.Sameness;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The examples of a spec in splits that share no prompt.
 *
 * @param leaks training and validation rows dropped because a validation or test row asks the same
 * @param unread columns and keys of the rows that are not read
 * @param skipped files in zip files that have no rows
 */
record Splits(
        List<Example> train,
        List<Example> validation,
        List<Example> test,
        List<Overlaps.Leak> leaks,
        List<String> unread,
        List<String> skipped) {
    /**
     * Reads and splits the files that a spec names.
     *
     * @param specDirectory the directory that paths in the spec are relative to
     * @throws InvalidInputException if a file or a row is invalid
     */
    static Splits read(FineTuneSpec spec, Path specDirectory, ProjectPaths paths) {
        return read(spec, specDirectory, paths, UnaryOperator.identity(), (bytes, of) -> {});
    }

    /**
     * The same.
     *
     * @param stored puts an example where it stays
     * @param progress receives the bytes read so far, and those of all files
     */
    static Splits read(
            FineTuneSpec spec,
            Path specDirectory,
            ProjectPaths paths,
            UnaryOperator<Example> stored,
            ReadBytes.Listener progress) {
        DatasetSpec dataset = spec.dataset();
        DataFiles files = new DataFiles(specDirectory, paths);
        List<Path> trainFiles = files.find("dataset.train", dataset.train());
        List<Path> validationFiles =
                files.find("dataset.validation", dataset.validation().files());
        List<Path> testFiles = files.find("dataset.test", dataset.test());
        checkApart("dataset.train", trainFiles, "dataset.validation", validationFiles, paths);
        checkApart("dataset.train", trainFiles, "dataset.test", testFiles, paths);
        checkApart("dataset.validation", validationFiles, "dataset.test", testFiles, paths);

        ReadBytes bytes = ReadBytes.of(List.of(trainFiles, validationFiles, testFiles), progress);
        ExampleReader reader = new ExampleReader(
                new RowRules(
                        dataset.rows().layout(),
                        dataset.rows().columns(),
                        dataset.rows().metadata(),
                        dataset.rendering().template()),
                paths,
                bytes);
        AnswerSpelling spelling = new AnswerSpelling(dataset.rows().answers());
        // Metadata does not change what is learnt.
        UnaryOperator<Example> learnt =
                example -> stored.apply(prepared(example, dataset, spelling).with(Map.of()));
        List<Example> train = reader.read(trainFiles, learnt);
        List<Example> validation = reader.read(validationFiles, learnt);
        List<Example> test = reader.read(testFiles, example -> {
            Example prepared = prepared(example, dataset, spelling);
            checkAsks(prepared);
            return stored.apply(prepared);
        });

        Overlap rule = dataset.leaks().overlap();
        Sameness sameness = dataset.leaks().sameQuestion();
        Overlaps.Kept keptValidation = Overlaps.remove(Split.VALIDATION, validation, Split.TEST, test, rule, sameness);
        Overlaps.Kept unseen = Overlaps.remove(Split.TRAIN, train, Split.TEST, test, rule, sameness);
        Overlaps.Kept keptTrain = Overlaps.remove(
                Split.TRAIN, unseen.examples(), Split.VALIDATION, keptValidation.examples(), rule, sameness);
        List<Overlaps.Leak> leaks = Stream.of(keptValidation, unseen, keptTrain)
                .flatMap(kept -> kept.leaks().stream())
                .toList();

        if (!validationFiles.isEmpty()) {
            return new Splits(
                    keptTrain.examples(), keptValidation.examples(), test, leaks, reader.unread(), reader.skipped());
        }
        ValidationDraw draw = ValidationDraw.of(
                keptTrain.examples(),
                dataset.validation().fraction(),
                spec.training().seed(),
                sameness);
        return new Splits(draw.train(), draw.validation(), test, leaks, reader.unread(), reader.skipped());
    }

    /** The number of rows that were dropped because a row of another split asks the same. */
    int overlapDropped() {
        return leaks.size();
    }

    /** The examples of one split. */
    List<Example> of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    private static void checkApart(
            String key, List<Path> files, String otherKey, List<Path> others, ProjectPaths paths) {
        files.stream().filter(others::contains).findFirst().ifPresent(file -> {
            throw new InvalidInputException(otherKey + ": names " + paths.show(file) + ", which " + key
                    + " names too. A row can be used for only one of them.");
        });
    }

    private static Example prepared(Example example, DatasetSpec dataset, AnswerSpelling spelling) {
        checkText(example, dataset);
        return spelling.apply(withSystem(example, dataset.system()));
    }

    private static void checkText(Example example, DatasetSpec dataset) {
        if (!example.prompt().messages().isEmpty()) {
            return;
        }
        if (dataset.rendering().template() != TemplateChoice.RAW) {
            throw new InvalidInputException(example.source() + ": text without a prompt can only be learnt as"
                    + " plain text."
                    + " Set dataset.template: raw, or give the row prompt and completion.");
        }
        if (dataset.system() != null) {
            throw new InvalidInputException(example.source()
                    + ": text without a prompt cannot have a system message. Remove" + " dataset.system or this row.");
        }
    }

    private static Example withSystem(Example example, @Nullable String system) {
        if (system == null || example.messages().get(0).role() == Role.SYSTEM) {
            return example;
        }
        Stream<Message> messages =
                Stream.concat(Stream.of(new Message(Role.SYSTEM, system)), example.messages().stream());
        return example.with(messages.toList());
    }

    private static void checkAsks(Example example) {
        if (example.prompt().messages().isEmpty()) {
            throw new InvalidInputException(example.source()
                    + ": a test row needs prompt and completion; text alone does not ask for an" + " answer.");
        }
    }
}
