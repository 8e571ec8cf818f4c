package io.github.ftmaven.plugin.command;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.WorkerEnvironment;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.launcher.InputDigests;
import io.github.ftmaven.runtime.launcher.TrainingProcess;
import io.github.ftmaven.runtime.launcher.WorkerJar;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.Initialization;
import io.github.ftmaven.runtime.worker.RequestMain;
import io.github.ftmaven.runtime.worker.WorkRequest;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory with all that one training needs on a machine that has only a JDK: {@code target/ft/runner/KEY}. All
 * paths in it are relative to it.
 *
 * <p>Large files are hard links where the file system allows it, so that a base takes no room twice.
 */
final class RequestDirectory {
    static final String JAR = "ft-worker.jar";
    static final String EVENTS = "events.jsonl";

    private static final int SHORT = 12; // as messages show keys
    /** Small files are copied: an editor may write into the file that a link shares. */
    private static final long COPIED = 1 << 20;

    private static final String OUTPUT = "ft";
    private static final String README = """
            All that a training needs, for a machine with a JDK 17 or later and nothing else.
            Run there: java -jar ft-worker.jar DIRECTORY, with the path of this directory. It leaves result/ in it.
            Copy result/ back to this place, or build where this directory is: the build checks it and goes on.
            """;

    private final FineTune fineTune;
    private final Launch launch;
    private final DigestCache digests;
    private final String key;

    /**
     * Names the directory.
     *
     * @param launch the jars and settings of a worker
     * @param key of the training
     */
    RequestDirectory(FineTune fineTune, Launch launch, DigestCache digests, String key) {
        this.fineTune = fineTune;
        this.launch = launch;
        this.digests = digests;
        this.key = key;
    }

    String shortKey() {
        return key.substring(0, SHORT);
    }

    Path path() {
        return fineTune.output()
                .resolve("runner")
                .resolve(shortKey())
                .toAbsolutePath()
                .normalize();
    }

    Path result() {
        return path().resolve(WorkerJar.RESULT);
    }

    /** Fills it. What an interrupted build or command left there stays: a checkpoint resumes. */
    void write(WorkRequest request) throws IOException {
        Files.createDirectories(path());
        SortedMap<String, String> inputs = new TreeMap<>();
        String spec = String.valueOf(fineTune.specFile().getFileName());
        link(fineTune.specFile(), spec, inputs);
        ModelDirectory base = fineTune.base();
        for (String name : base.files()) {
            link(base.path().resolve(name), "base/" + name, inputs);
        }
        if (fineTune.spec().base().initialize() == Initialization.PRETRAINED) {
            for (Path file : base.weightFiles()) {
                link(file, "base/" + base.path().relativize(file).toString().replace('\\', '/'), inputs);
            }
        }
        for (String name : List.of("dataset.json", "train.tokens", "validation.tokens")) {
            link(fineTune.output().resolve("dataset").resolve(name), OUTPUT + "/dataset/" + name, inputs);
        }
        String start = start(inputs);
        write("request.json", request(request, spec, start), inputs);
        write(TrainingProcess.SETTINGS, settings(request.setting().device()), inputs);
        StringBuilder lines = new StringBuilder();
        inputs.forEach((name, digest) -> lines.append(InputDigests.line(digest, name)));
        AtomicFile.write(path().resolve(InputDigests.FILE), lines.toString().getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(path().resolve("README.txt"), README.getBytes(StandardCharsets.UTF_8));
        WorkerArchive.write(path().resolve(JAR), launch.classPath());
    }

    /** The adapter that training starts with, relative to the directory; null for none. */
    private @Nullable String start(Map<String, String> inputs) throws IOException {
        Located start = fineTune.located().startFrom();
        if (start == null) {
            return null;
        }
        List<Path> files = fineTune.startFrom();
        if (Files.isRegularFile(start.path())) {
            link(files.get(0), "start-from.jar", inputs);
            return "start-from.jar";
        }
        for (Path file : files) {
            link(file, "start-from/" + file.getFileName(), inputs);
        }
        Path provenance = start.path().resolve("provenance.json");
        if (Files.isRegularFile(provenance)) {
            link(provenance, "start-from/provenance.json", inputs);
        }
        return "start-from";
    }

    private byte[] request(WorkRequest request, String spec, @Nullable String start) throws IOException {
        WorkRequest.Declared declared = Objects.requireNonNull(request.declared());
        Inputs inputs = declared.inputs();
        return WorkRequest.of(
                        request.goal(),
                        new WorkRequest.Setting(
                                OUTPUT,
                                EVENTS,
                                request.setting().device(),
                                request.setting().threads()),
                        new WorkRequest.Declared(
                                spec,
                                new Inputs("base", inputs.display(), inputs.name(), inputs.revision(), start),
                                key,
                                null,
                                null,
                                null))
                .bytes();
    }

    private byte[] settings(String device) throws IOException {
        WorkerEnvironment environment = launch.environment();
        Properties settings = new Properties();
        settings.setProperty(TrainingProcess.MAIN_CLASS, RequestMain.class.getName());
        settings.setProperty(TrainingProcess.WITHOUT, String.join(" ", WorkerEnvironment.notInherited(device)));
        settings.setProperty(TrainingProcess.NEEDED, String.join(" ", WorkerEnvironment.needed(device)));
        environment
                .elsewhere(device)
                .forEach((name, value) -> settings.setProperty(TrainingProcess.VARIABLE + name, value));
        List<String> arguments = launch.options();
        for (int i = 0; i < arguments.size(); i++) {
            settings.setProperty(TrainingProcess.ARGUMENT + (100 + i), arguments.get(i));
        }
        StringWriter text = new StringWriter();
        settings.store(text, null);
        // The first line is the time.
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .reduce("", (all, line) -> all + line + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void write(String name, byte[] bytes, Map<String, String> inputs) throws IOException {
        Path file = path().resolve(name);
        AtomicFile.write(file, bytes);
        inputs.put(name, digests.sha256(file));
    }

    private void link(Path from, String name, Map<String, String> inputs) throws IOException {
        Path file = path().resolve(name);
        // A link to a link would be one that other machines cannot follow.
        Path real = from.toRealPath();
        inputs.put(name, digests.sha256(from));
        if (Files.size(real) <= COPIED) {
            AtomicFile.write(file, Files.readAllBytes(real));
        } else if (!Files.exists(file) || !Files.isSameFile(file, real)) {
            Files.createDirectories(file.resolveSibling(""));
            Files.deleteIfExists(file);
            try {
                Files.createLink(file, real);
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(real, file); // another file system
            }
        }
    }
}
