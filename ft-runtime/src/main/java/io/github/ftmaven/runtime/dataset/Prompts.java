package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.DataFiles;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.files.RealPath;
import io.github.ftmaven.runtime.files.RemoteFiles;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.DistillSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Sameness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The prompts of a spec that have no answer, without the questions of its test set.
 *
 * @param rows in the order of their files
 * @param complete rows with an answer of their own
 * @param dropped rows left out because a test row asks the same
 * @param unread columns and keys of the rows that are not read
 * @param skipped files in zip files that have no rows
 */
public record Prompts(List<PromptRow> rows, int complete, int dropped, List<String> unread, List<String> skipped) {
    private static final int SHOWN = 3;

    /** Copies the lists. */
    public Prompts {
        rows = List.copyOf(rows);
        unread = List.copyOf(unread);
        skipped = List.copyOf(skipped);
    }

    /**
     * Reads the prompts.
     *
     * @param output the file for the answered rows
     * @throws InvalidInputException if a row is invalid, if the output is one of the files that are read, or if a prompt
     *     asks what a test row asks and may not be dropped
     */
    public static Prompts read(
            FineTuneSpec spec, DistillSpec distill, Path specDirectory, Path output, ProjectPaths paths) {
        DatasetSpec dataset = spec.dataset();
        DataFiles files = new DataFiles(specDirectory, paths);
        requireOwn("distill.prompts", distill.prompts());
        requireOwn("dataset.test", dataset.test().files());
        if (dataset.test().isDrawn()) {
            requireOwn("dataset.train", dataset.train());
        }
        List<Path> promptFiles = files.find("distill.prompts", distill.prompts());
        List<Path> testFiles = files.find("dataset.test", dataset.test().files());
        requireOther("distill.prompts", promptFiles, output, paths);
        requireOther("dataset.test", testFiles, output, paths);

        RowRules rules = RowRules.of(dataset);
        AnswerSpelling spelling = new AnswerSpelling(dataset.rows().answers());
        List<Example> test = dataset.test().isDrawn()
                ? Splits.test(spec, specDirectory, paths, output)
                : Splits.prepared(new ExampleReader(rules, paths).read(testFiles), dataset, spelling);
        Origin.refuse(test);
        Sameness sameness = dataset.leaks().sameQuestion();
        Map<PromptKey, Example> tested = new HashMap<>();
        test.forEach(example -> tested.putIfAbsent(PromptKey.of(example, sameness), example));

        UnansweredRows reader = new UnansweredRows(rules, paths);
        List<PromptRow> kept = new ArrayList<>();
        List<String> leaks = new ArrayList<>();
        for (PromptRow row : reader.read(promptFiles)) {
            Example same = tested.get(PromptKey.of(Splits.withSystem(row.example(), dataset.system()), sameness));
            if (same == null) {
                kept.add(row);
            } else {
                leaks.add(row.source() + " asks what " + same.source() + " asks");
            }
        }
        if (!leaks.isEmpty() && !distill.asking().dropsTestQuestions()) {
            throw new InvalidInputException(leaks.stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (leaks.size() > SHOWN ? ", and " + (leaks.size() - SHOWN) + " more" : "")
                    + ": the gate's test set cannot be distilled. Take these rows out of distill.prompts, or set"
                    + " distill.testQuestions: drop.");
        }
        return new Prompts(kept, reader.complete(), leaks.size(), reader.unread(), reader.skipped());
    }

    /** Questions of a test set that is not here would be asked without a word. */
    private static void requireOwn(String key, List<String> names) {
        for (String name : names) {
            if (RemoteFiles.isRemote(name)) {
                throw new InvalidInputException(
                        key + ": " + name + " is not a file of the project. ft:distill reads it to"
                                + " keep the test set apart, and fetches nothing. Download the file and name its path.");
            }
        }
    }

    private static void requireOther(String key, List<Path> files, Path output, ProjectPaths paths) {
        Path real = RealPath.of(output);
        if (files.stream().map(RealPath::of).anyMatch(real::equals)) {
            throw new InvalidInputException("distill.output: " + paths.show(output) + " is a file of " + key
                    + ", and would be overwritten. Name another file.");
        }
    }
}
