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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The examples of a spec in splits that share no prompt.
 *
 * @param leaks training and validation rows dropped because a validation or test row asks the same
 * @param origins the marks of training rows that a teacher answered, by their sources
 * @param unread columns and keys of the rows that are not read
 * @param skipped files in zip files that have no rows
 * @param notes where much more or less was drawn than the spec asks for
 */
record Splits(
        List<Example> train,
        List<Example> validation,
        List<Example> test,
        List<Overlaps.Leak> leaks,
        Map<String, Origin> origins,
        List<String> unread,
        List<String> skipped,
        List<String> notes) {
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
        return read(spec, specDirectory, paths, null, stored, progress);
    }

    /**
     * The test rows of a spec.
     *
     * @param output a training file that need not be there, and has answers of a teacher only
     * @throws InvalidInputException if a file or a row is invalid
     */
    static List<Example> test(FineTuneSpec spec, Path specDirectory, ProjectPaths paths, Path output) {
        return read(spec, specDirectory, paths, output, UnaryOperator.identity(), (bytes, of) -> {})
                .test();
    }

    private static Splits read(
            FineTuneSpec spec,
            Path specDirectory,
            ProjectPaths paths,
            @Nullable Path left,
            UnaryOperator<Example> stored,
            ReadBytes.Listener progress) {
        DatasetSpec dataset = spec.dataset();
        DataFiles files = new DataFiles(specDirectory, paths);
        List<Path> trainFiles = left == null
                ? files.find("dataset.train", dataset.train())
                : files.findBut("dataset.train", dataset.train(), left);
        List<Path> validationFiles =
                files.find("dataset.validation", dataset.validation().files());
        List<Path> testFiles = files.find("dataset.test", dataset.test().files());
        checkApart("dataset.train", trainFiles, "dataset.validation", validationFiles, paths);
        checkApart("dataset.train", trainFiles, "dataset.test", testFiles, paths);
        checkApart("dataset.validation", validationFiles, "dataset.test", testFiles, paths);

        ReadBytes bytes = ReadBytes.of(List.of(trainFiles, validationFiles, testFiles), progress);
        ExampleReader reader = new ExampleReader(RowRules.of(dataset), paths, bytes);
        AnswerSpelling spelling = new AnswerSpelling(dataset.rows().answers());
        UnaryOperator<Example> prepared = example -> stored.apply(prepared(example, dataset, spelling));
        List<Example> train = reader.read(trainFiles, prepared);
        List<Example> validation = reader.read(validationFiles, prepared);
        List<Example> test = reader.read(testFiles, prepared);
        Map<String, Origin> origins = Distilled.origins(train);
        Origin.refuse(test);

        Overlap rule = dataset.leaks().overlap();
        Sameness sameness = dataset.leaks().sameQuestion();
        List<Overlaps.Leak> leaks = new ArrayList<>();
        List<String> notes = List.of();
        if (SplitDraw.isAskedFor(dataset)) {
            Overlaps.Kept unseen = Overlaps.remove(Split.TRAIN, train, Split.TEST, test, rule, sameness);
            leaks.addAll(unseen.leaks());
            // What a teacher answered is learnt, and never measures.
            List<Example> drawn = new ArrayList<>();
            List<Example> answered = new ArrayList<>();
            unseen.examples().forEach(example -> (isAnswered(example, origins) ? answered : drawn).add(example));
            SplitDraw draw = SplitDraw.of(drawn, validation, test, spec);
            draw.refuseItsGroups(answered, dataset);
            train = Stream.concat(draw.train().stream(), answered.stream()).toList();
            validation = validationFiles.isEmpty() ? draw.validation() : validation;
            test = testFiles.isEmpty() ? draw.test() : test;
            notes = draw.notes();
        }
        test.forEach(Splits::checkAsks);
        train = unlabelled(train);
        validation = unlabelled(validation);

        Overlaps.Kept keptValidation = Overlaps.remove(Split.VALIDATION, validation, Split.TEST, test, rule, sameness);
        Overlaps.Kept unseen = Overlaps.remove(Split.TRAIN, train, Split.TEST, test, rule, sameness);
        Overlaps.Kept keptTrain = Overlaps.remove(
                Split.TRAIN, unseen.examples(), Split.VALIDATION, keptValidation.examples(), rule, sameness);
        Stream.of(keptValidation, unseen, keptTrain).forEach(kept -> leaks.addAll(kept.leaks()));
        train = keptTrain.examples();
        validation = keptValidation.examples();
        if (dataset.validation().isDrawn() && !SplitDraw.isAskedFor(dataset)) {
            ValidationDraw draw = ValidationDraw.of(
                    train, dataset.validation().fraction(), spec.training().seed(), sameness);
            train = draw.train();
            validation = draw.validation();
        }
        return new Splits(train, validation, test, leaks, origins, reader.unread(), reader.skipped(), notes);
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

    private static boolean isAnswered(Example example, Map<String, Origin> origins) {
        return !origins.isEmpty() && origins.containsKey(example.source());
    }

    /** Metadata does not change what is learnt. */
    private static List<Example> unlabelled(List<Example> examples) {
        return examples.stream().map(Example::unlabelled).toList();
    }

    private static void checkApart(
            String key, List<Path> files, String otherKey, List<Path> others, ProjectPaths paths) {
        files.stream().filter(others::contains).findFirst().ifPresent(file -> {
            throw new InvalidInputException(otherKey + ": names " + paths.show(file) + ", which " + key
                    + " names too. A row can be used for only one of them.");
        });
    }

    /** Rows as training and tests use them. */
    static List<Example> prepared(List<Example> examples, DatasetSpec dataset, AnswerSpelling spelling) {
        return examples.stream()
                .map(example -> prepared(example, dataset, spelling))
                .toList();
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

    /** An example with the system message of a dataset, if it has none. */
    static Example withSystem(Example example, @Nullable String system) {
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
