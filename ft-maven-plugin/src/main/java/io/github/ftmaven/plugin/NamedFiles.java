package io.github.ftmaven.plugin;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Baseline;
import io.github.ftmaven.runtime.spec.EvaluationSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The files that a spec refers to. */
public final class NamedFiles {
    private NamedFiles() {}

    /**
     * The files that only the evaluation reads: prompts, passages, general text, a schema, tasks, and the suite's
     * files.
     *
     * @throws InvalidInputException if a glob matches nothing, or a task is not valid
     */
    public static Set<Path> ofEvaluation(FineTune fineTune, Optional<Suite> suite) {
        Path directory = fineTune.specDirectory();
        EvaluationSpec evaluation = fineTune.spec().evaluation();
        Set<Path> files = new TreeSet<>();
        for (Baseline baseline : evaluation.baselines()) {
            if (baseline.prompt() != null) {
                files.add(directory.resolve(baseline.prompt()).normalize());
            }
            if (baseline.rag() != null) {
                files.addAll(
                        fineTune.files("evaluation.baselines", baseline.rag().passages()));
            }
        }
        Stream.of(evaluation.retention(), evaluation.schema())
                .filter(Objects::nonNull)
                .forEach(file -> files.add(directory.resolve(file).normalize()));
        suite.ifPresent(read -> files.addAll(read.source().files()));
        files.addAll(fineTune.tasks().files());
        return files;
    }

    /**
     * All files that are on this machine, including the spec and the files of base and adapter directories. Invalid
     * references are left out, because the goals reject them.
     *
     * @param environment the variables that a suite may name
     */
    public static Set<Path> all(FineTune fineTune, Map<String, String> environment) {
        FineTuneSpec spec = fineTune.spec();
        Set<Path> files = new TreeSet<>(List.of(fineTune.specFile()));
        add(files, fineTune::dataFiles);
        add(files, () -> local(fineTune, spec.base().model()));
        String start = spec.adapter().startFrom();
        if (start != null) {
            add(files, () -> local(fineTune, start));
        }
        String suite = spec.evaluation().promptfoo().suite();
        if (suite != null) {
            add(files, () -> local(fineTune, suite));
        }
        add(files, () -> ofEvaluation(fineTune, Optional.empty()));
        add(
                files,
                () -> fineTune.suite(environment)
                        .map(read -> read.source().files())
                        .orElse(Set.of()));
        return files;
    }

    private static void add(Set<Path> files, Supplier<? extends Collection<Path>> more) {
        try {
            files.addAll(more.get());
        } catch (InvalidInputException | InvalidPathException | UncheckedIOException e) {
            // The goal that reads it reports the problem.
        }
    }

    /** A file, or the files of a directory; empty for models on a hub or in a repository. */
    private static List<Path> local(FineTune fineTune, String declared) {
        Path path = fineTune.specDirectory().resolve(declared).normalize();
        if (!Files.isDirectory(path)) {
            return Files.isRegularFile(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
