package io.github.ftmaven.plugin;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.dataset.DataFiles;
import io.github.ftmaven.runtime.dataset.ProjectPaths;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fine-tune of a project.
 *
 * @param project the project's directory; messages show paths relative to it
 * @param specFile the spec's file
 * @param spec what it says
 * @param output the output directory, {@code target/ft}
 */
public record FineTune(Path project, Path specFile, FineTuneSpec spec, Path output) {
    /**
     * Reads the spec.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if it is missing or not valid
     */
    public static FineTune read(Path project, Path specFile, Path output) {
        return new FineTune(project, specFile, SpecReader.read(specFile, shown(project, specFile)), output);
    }

    /**
     * The base model's directory, opened.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if it is not a model of a known architecture
     */
    public ModelDirectory base() {
        Path directory = specDirectory().resolve(spec.base().model()).normalize();
        return ModelDirectory.open(directory, shown(directory));
    }

    /**
     * The files of the adapter that training goes on from: the jar, or the two that PEFT writes; empty if there is none.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if it is not there
     */
    public List<Path> startFrom() {
        String declared = spec.adapter().startFrom();
        if (declared == null) {
            return List.of();
        }
        Path path = specDirectory().resolve(declared).normalize();
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException("adapter.startFrom: " + shown(path)
                    + ": no such file or directory. It names a directory with an adapter, or a jar that holds one.");
        }
        return List.of(path.resolve(PeftAdapter.CONFIG), path.resolve(PeftAdapter.WEIGHTS));
    }

    /**
     * The files of the dataset that the spec names, without repetition.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if a path does not exist or a glob matches nothing
     */
    public Set<Path> dataFiles() {
        Set<Path> files = new LinkedHashSet<>();
        files.addAll(find("dataset.train", spec.dataset().train()));
        files.addAll(find("dataset.validation", spec.dataset().validation().files()));
        files.addAll(find("dataset.test", spec.dataset().test()));
        return files;
    }

    /** A path as messages show it. */
    public String shown(Path path) {
        return shown(project, path);
    }

    /** A path as messages of a project show it. */
    public static String shown(Path project, Path path) {
        return new ProjectPaths(project).show(path);
    }

    private List<Path> find(String key, List<String> patterns) {
        return new DataFiles(specDirectory(), new ProjectPaths(project)).find(key, patterns);
    }

    private Path specDirectory() {
        return specFile.toAbsolutePath().resolveSibling("").normalize();
    }
}
