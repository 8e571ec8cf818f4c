package io.github.ftmaven.plugin;

import io.github.ftmaven.plugin.Locator.Kind;
import io.github.ftmaven.runtime.adapter.OtherFormats;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.dataset.RowModules;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.SpecSuite;
import io.github.ftmaven.runtime.files.DataFiles;
import io.github.ftmaven.runtime.files.FetchedFile;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.files.RemoteFiles;
import io.github.ftmaven.runtime.lmeval.TaskSet;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import io.github.ftmaven.runtime.suite.Suite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The fine-tune of a project.
 *
 * @param project the project's directory; messages show paths relative to it
 * @param specFile the spec's file
 * @param spec the parsed spec
 * @param output the output directory, {@code target/ft}
 * @param names resolves the names of models and adapters in the spec
 * @param inputs the located models and adapters; null until they are located
 */
public record FineTune(
        Path project,
        Path specFile,
        FineTuneSpec spec,
        Path output,
        UnaryOperator<String> names,
        @Nullable Inputs inputs) {
    /** The last spec read from each file. Every goal of a build reads the spec, and it rarely changes. */
    private static final Map<Path, Read> SPECS = new ConcurrentHashMap<>();

    /** A spec, the bytes it was read from, and the meaning of its names. */
    private record Read(ByteBuffer bytes, String shown, Map<String, String> meant, FineTuneSpec spec) {
        /** Whether all names still have the same meaning. */
        boolean holds(UnaryOperator<String> names) {
            try {
                return meant.entrySet().stream()
                        .allMatch(name -> name.getValue().equals(names.apply(name.getKey())));
            } catch (InvalidInputException e) {
                return false; // reading it again reports the place
            }
        }
    }

    /**
     * The models, adapters and data of the spec on this machine.
     *
     * @param base the base model
     * @param startFrom the adapter that training goes on from
     * @param data the files of the dataset that are not the project's own
     */
    public record Inputs(Located base, @Nullable Located startFrom, List<FetchedFile> data) {
        /** Copies {@code data}. */
        public Inputs {
            data = List.copyOf(data);
        }
    }

    /**
     * Reads the spec.
     *
     * @param names resolves the names of models and adapters in it
     * @throws InvalidInputException if it is missing or not valid
     */
    public static FineTune read(Path project, Path specFile, Path output, UnaryOperator<String> names) {
        return new FineTune(project, specFile, spec(project, specFile, names), output, names, null);
    }

    private static FineTuneSpec spec(Path project, Path specFile, UnaryOperator<String> names) {
        String shown = shown(project, specFile);
        byte[] bytes = SpecReader.bytes(specFile, shown);
        Read last = SPECS.get(specFile);
        if (last != null
                && last.shown.equals(shown)
                && last.bytes.equals(ByteBuffer.wrap(bytes))
                && last.holds(names)) {
            return last.spec;
        }
        Map<String, String> meant = new HashMap<>();
        FineTuneSpec spec = SpecReader.parse(bytes, shown, declared -> {
            String name = names.apply(declared);
            meant.put(declared, name);
            return name;
        });
        SPECS.put(specFile, new Read(ByteBuffer.wrap(bytes), shown, meant, spec));
        return spec;
    }

    /**
     * This fine-tune with its models, adapters and data located.
     *
     * @param weights whether the base's weights are needed, not only its configuration and tokenizer
     * @throws IOException if something cannot be fetched
     */
    public FineTune locate(Locator locator, DataLocator data, boolean weights) throws IOException {
        String start = spec.adapter().startFrom();
        Located base = locator.locate(
                "base.model", spec.base().model(), weights && spec.readsWeights() ? Kind.MODEL : Kind.CONFIGURATION);
        Located adapter = start == null ? null : locator.locate("adapter.startFrom", start, Kind.ADAPTER);
        return new FineTune(project, specFile, spec, output, names, new Inputs(base, adapter, locateData(data)));
    }

    private List<FetchedFile> locateData(DataLocator locator) throws IOException {
        List<FetchedFile> files = new ArrayList<>();
        for (Map.Entry<String, List<String>> key : dataNames().entrySet()) {
            for (int i = 0; i < key.getValue().size(); i++) {
                if (RemoteFiles.isRemote(key.getValue().get(i))) {
                    files.addAll(locator.locate(
                            key.getKey() + "[" + i + "]", key.getValue().get(i)));
                }
            }
        }
        return files;
    }

    /** What the spec says of data, by its keys. */
    private Map<String, List<String>> dataNames() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("dataset.train", spec.dataset().train());
        names.put("dataset.validation", spec.dataset().validation().files());
        names.put("dataset.test", spec.dataset().test().files());
        return names;
    }

    /** The names of data in the spec that are not files of the project. */
    public List<String> remoteData() {
        return dataNames().values().stream()
                .flatMap(List::stream)
                .filter(RemoteFiles::isRemote)
                .distinct()
                .toList();
    }

    /**
     * This fine-tune with the current spec and the same located inputs.
     *
     * @throws InvalidInputException if the spec is missing or no longer valid
     */
    public FineTune readAgain() {
        return new FineTune(project, specFile, spec(project, specFile, names), output, names, inputs);
    }

    /** The located models and adapters. */
    public Inputs located() {
        return Objects.requireNonNull(inputs, "not located yet");
    }

    /**
     * The base model's directory, opened.
     *
     * @throws InvalidInputException if it is not a model of a known architecture
     */
    public ModelDirectory base() {
        Located base = located().base();
        return ModelDirectory.open(base.path(), base.display(), spec.base().ignoreKeys());
    }

    /**
     * The files of the adapter that training starts from: the jar, or PEFT's two files; empty if there is none.
     *
     * @throws InvalidInputException if it is missing or not a readable adapter
     */
    public List<Path> startFrom() {
        Located adapter = located().startFrom();
        if (adapter == null) {
            return List.of();
        }
        Path path = adapter.path();
        if (Files.isRegularFile(path)) {
            OtherFormats.refuseFile(path, "adapter.startFrom: " + adapter.display());
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException("adapter.startFrom: " + adapter.display()
                    + ": no such file or directory. Set it to a directory or a jar with an adapter.");
        }
        PeftAdapter.check(path, "adapter.startFrom: " + adapter.display());
        return List.of(path.resolve(PeftAdapter.CONFIG), path.resolve(PeftAdapter.WEIGHTS));
    }

    /**
     * The files of the dataset that the spec names, without repetition. What is not the project's own is there only once
     * it is located.
     *
     * @throws InvalidInputException if a path does not exist or a glob matches nothing
     */
    public Set<Path> dataFiles() {
        Set<Path> files = new LinkedHashSet<>();
        requireDistilled();
        dataNames().forEach((key, names) -> files.addAll(find(key, names)));
        return files;
    }

    /** The modules of this project that read its data, besides ft-runtime. */
    public Set<String> rowModules() {
        Set<String> modules = new TreeSet<>();
        dataFiles().forEach(file -> RowModules.of(file.toString()).ifPresent(modules::add));
        return modules;
    }

    /** Before {@code ft:distill} ran, a missing file is no typing error. */
    private void requireDistilled() {
        String output = spec.outside().distill() == null
                ? null
                : spec.outside().distill().output();
        if (output != null
                && spec.dataset().train().contains(output)
                && !Files.isRegularFile(specDirectory().resolve(output))) {
            throw new InvalidInputException("dataset.train: "
                    + shown(specDirectory().resolve(output)) + ": no such file yet. ft:distill writes it.");
        }
    }

    /**
     * The promptfoo configuration that the spec names.
     *
     * @param environment the variables that it may name
     * @throws InvalidInputException with a line for each mistake in it
     */
    public Optional<Suite> suite(Map<String, String> environment) {
        return SpecSuite.read(spec, specDirectory(), this::shown, environment);
    }

    /**
     * The tasks of lm-evaluation-harness that the spec names.
     *
     * @throws InvalidInputException with a line for each mistake in them, or in their data
     */
    public TaskSet tasks() {
        TaskSet tasks = TaskSet.read(spec.evaluation().tasks().stream()
                .map(task -> {
                    Path file = specDirectory().resolve(task.path()).normalize();
                    return new TaskSet.Source(file, shown(file), task.fewShot(), task.limit());
                })
                .toList());
        tasks.check();
        return tasks;
    }

    /** A path as shown in messages. */
    public String shown(Path path) {
        return paths().show(path);
    }

    private ProjectPaths paths() {
        return new ProjectPaths(project, inputs == null ? List.of() : inputs.data());
    }

    /** A path as shown in messages of a project. */
    public static String shown(Path project, Path path) {
        return new ProjectPaths(project).show(path);
    }

    /**
     * The files that a key of the spec names by paths and globs.
     *
     * @throws InvalidInputException if a path does not exist or a glob matches nothing
     */
    public List<Path> files(String key, List<String> patterns) {
        return find(key, patterns);
    }

    private List<Path> find(String key, List<String> patterns) {
        return new DataFiles(specDirectory(), paths()).find(key, patterns);
    }

    /** The base directory of paths in the spec. */
    public Path specDirectory() {
        return specFile.toAbsolutePath().resolveSibling("").normalize();
    }
}
