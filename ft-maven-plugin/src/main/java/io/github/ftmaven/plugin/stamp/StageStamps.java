package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.NamedFiles;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.hosted.HostedSettings;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Runner;
import io.github.ftmaven.runtime.spec.RunnerSpec;
import io.github.ftmaven.runtime.suite.Suite;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that each stage's result depends on. A stage identifies the results of earlier stages by content, so that
 * a change only affects stages it makes a difference to. For example, new test questions cause an evaluation, not a
 * training.
 */
public final class StageStamps {
    /** How prompts are laid out and answers end, in training and evaluation alike. */
    private static final List<String> LAYOUT =
            List.of("dataset.template", "dataset.templateArguments", "dataset.endToken", "dataset.maxLength");

    /** The field for the baseline of rules over the released adapter. */
    public static final String RELEASED = "released";

    /** A field of a training's stamp on a GPU: whether the same inputs give the same bytes. */
    private static final String DETERMINISTIC = "training.deterministic";

    /** What training.precision means on the device. */
    private static final String PRECISION = "precision";

    private static final String PLUGIN_VERSION = "plugin.version";
    private static final String RUNTIME = "classes of ft-runtime";
    private static final String RUNTIME_CLASSES = Stamp.file(RUNTIME);
    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final String RELEASED_DIGEST = Stamp.file("of the release");

    /** How fields for environment variables begin. */
    private static final String VARIABLE = "environment variable ";

    /** The fields for what results were computed on. */
    private static final Set<String> ENGINE =
            Set.of("djl.version", "libtorch.version", "device", "platform", "threads", PRECISION);

    private final FineTune fineTune;
    private final DigestCache digests;
    private final Compute compute;
    private final SpecFields spec;
    private final Versions versions = Versions.current();

    /** Prepares to describe the stages of a fine-tune. */
    public StageStamps(FineTune fineTune, DigestCache digests, Compute compute) {
        this.fineTune = fineTune;
        this.digests = digests;
        this.compute = compute;
        this.spec = new SpecFields(fineTune.spec());
    }

    /**
     * What numbers are computed on, as far as results may depend on it.
     *
     * @param device {@code cpu} or {@code cuda}
     * @param gpu the name of the GPU, since two kinds compute different bytes; empty on a CPU, or if it is not known
     * @param platform operating system and processor, as {@code linux-x86_64}
     * @param threads CPU threads
     * @param environment the variables of the worker: a suite may name them, and {@link Arithmetic} matters always
     */
    public record Compute(String device, String gpu, String platform, int threads, Map<String, String> environment) {
        /** The same, with what a spec says of the machine of its command; this where another runner trains. */
        Compute ofTraining(FineTuneSpec spec) {
            RunnerSpec runner = spec.outside().runner();
            if (runner == null || spec.training().run().runner() != Runner.COMMAND) {
                return this;
            }
            String there = runner.device() == null ? device : runner.device().word();
            return new Compute(
                    there,
                    runner.device() == null ? gpu : "", // the other machine's is not known yet
                    platform,
                    Objects.requireNonNullElse(runner.threads(), threads),
                    environment);
        }
    }

    /** What the training computes on. */
    public Compute training() {
        return compute.ofTraining(fineTune.spec());
    }

    /** What this machine computes on. */
    public Compute here() {
        return compute;
    }

    /** The stamp of the stage that reads the examples. It does not depend on the engine. */
    public Stamp dataset() throws IOException {
        SortedMap<String, String> fields = plugin(versions);
        // A check asks how many examples the method needs.
        addSpec(fields, List.of("dataset", "training.seed", "adapter.method"));
        addFiles(fields, fineTune.dataFiles());
        addFiles(fields, modelFiles(fineTune.base()));
        return new Stamp(fields);
    }

    /** What the tokens of a row depend on, besides the row. */
    public Stamp encoding() throws IOException {
        SortedMap<String, String> fields = plugin(versions);
        addSpec(fields, LAYOUT);
        addSpec(fields, List.of("dataset.learn", "dataset.system"));
        addFiles(fields, modelFiles(fineTune.base()));
        return new Stamp(fields);
    }

    /** The stamp of the training. */
    public Stamp train() throws IOException {
        Compute used = training();
        SortedMap<String, String> fields = engine(used);
        addSpec(fields, List.of("base", "adapter", "training"));
        addSpec(fields, LAYOUT);
        // The chat template beside the weights contains the system message.
        addSpec(fields, List.of("dataset.learn", "dataset.system"));
        fields.put(PRECISION, UsedPrecision.word(UsedPrecision.of(fineTune.spec(), used.device())));
        // How often training saves a checkpoint does not change its result, nor does where frozen layers are.
        fields.remove("training.checkpointEvery");
        fields.remove("training.offload");
        addRunner(fields);
        if (used.device().equals("cpu")) {
            fields.remove(DETERMINISTIC); // in any case
        }
        addModel(fields);
        addStart(fields);
        addFiles(fields, List.of(dataset(fineTune, "train.jsonl"), dataset(fineTune, "validation.jsonl")));
        return new Stamp(fields);
    }

    /** A service trains by its own program. Elsewhere the same inputs give the same result. */
    private void addRunner(SortedMap<String, String> fields) {
        Runner runner = fineTune.spec().training().run().runner();
        if (!runner.isHosted()) {
            fields.remove("training.runner");
            return;
        }
        String section = "runner." + fields.get("training.runner");
        addSpec(fields, List.of(section + ".url", section + ".model"));
        if (fineTune.spec().keeper().isPresent()) {
            addSpec(fields, List.of(section + ".weights", section + ".deployment")); // the pointer says so
        }
        // The service computes, so any machine with the same inputs finds the job again, and none pays anew.
        fields.keySet().removeIf(field -> isOfTheEngine(field) || isOfThePlugin(field));
        fields.keySet().removeAll(List.of(PRECISION, DETERMINISTIC));
        fields.put("form of the request", Integer.toString(HostedSettings.FORM));
    }

    /** Whether a training on a GPU used only kernels that give the same bytes again; empty for a training on a CPU. */
    public static Optional<Boolean> deterministic(Stamp training) {
        return Optional.ofNullable(training.fields().get(DETERMINISTIC)).map(Boolean::parseBoolean);
    }

    /**
     * The stamp of the packaging, which computes nothing.
     *
     * @param name the name of the adapter: {@code groupId:artifactId:version}
     * @param timestamp the time written into the archive
     * @param training the stamp of the training that produced the adapter
     */
    public static Stamp packaging(FineTune fineTune, DigestCache digests, String name, String timestamp, Stamp training)
            throws IOException {
        Versions versions = Versions.current();
        SortedMap<String, String> fields = plugin(versions);
        if (versions.plugin().endsWith(SNAPSHOT)) {
            // Packaging runs in Maven's process.
            addProgram(fields, "classes of the plugin", Program.PLUGIN);
        }
        fields.put("name", name);
        fields.put("project.build.outputTimestamp", timestamp);
        fields.put("training.key", training.key());
        List<Path> files = new ArrayList<>(Stage.adapterFiles(fineTune.output()));
        files.add(fineTune.specFile());
        files.add(dataset(fineTune, "dataset.json"));
        files.addAll(
                Stage.fingerprint(fineTune.output(), fineTune.spec().artifact().fingerprint()));
        addFiles(fields, fineTune, files, digests);
        return new Stamp(fields);
    }

    /**
     * The stamp of the evaluation of a packaged adapter.
     *
     * @param released the baseline of rules over the released adapter; null if there are no such rules
     */
    public Stamp evaluate(Path jar, @Nullable ReleasedAdapter released) throws IOException {
        SortedMap<String, String> fields = engine(compute);
        addSpec(fields, List.of("base", "evaluation"));
        fields.remove("evaluation.runner"); // the same scores in any case
        addSpec(fields, LAYOUT);
        // Precedes the questions of a suite; the test set's questions already contain it.
        addSpec(fields, List.of("dataset.system"));
        addModel(fields);
        if (fineTune.spec().keeper().isPresent()) {
            // The service answers, whatever this machine is; what was trained names the service.
            fields.keySet().removeIf(StageStamps::isOfTheEngine);
            addSpec(fields, List.of("runner.openai.baseDeployment", "training.seed"));
        }
        addFiles(fields, List.of(dataset(fineTune, "test.jsonl")));
        fields.put(Stamp.file("what was trained"), digests.trained(jar));
        if (released != null) {
            fields.putAll(release(released));
        }
        if (fineTune.spec().evaluation().baselines().stream().anyMatch(baseline -> baseline.fewShot() > 0)) {
            addFiles(fields, List.of(dataset(fineTune, "train.jsonl")));
            addSpec(fields, List.of("training.seed"));
        }
        Optional<Suite> suite = fineTune.suite(compute.environment());
        suite.ifPresent(read -> read.source()
                .variables()
                .forEach((name, value) -> fields.put(Stamp.file(VARIABLE + name), Digests.sha256(value))));
        addFiles(fields, NamedFiles.ofEvaluation(fineTune, suite));
        return new Stamp(fields);
    }

    /** Whether an evaluation's stamp says that it compared with this baseline. */
    public static boolean isComparedWith(Stamp evaluation, ReleasedAdapter released) {
        return evaluation.without(field -> !isOfTheRelease(field)).equals(new Stamp(release(released)));
    }

    private static SortedMap<String, String> release(ReleasedAdapter released) {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put(RELEASED, released.name() == null ? released.word() : released.name());
        if (released.digest() != null) {
            fields.put(RELEASED_DIGEST, released.digest());
        }
        return fields;
    }

    /** Whether a field is about the released adapter, which only a repository knows. */
    public static boolean isOfTheRelease(String field) {
        return field.equals(RELEASED) || field.equals(RELEASED_DIGEST);
    }

    /** Whether a field describes what an evaluation was computed on, not its questions and models. */
    public static boolean isOfTheEngine(String field) {
        return ENGINE.contains(field)
                || (field.startsWith(VARIABLE) && Arithmetic.VARIABLES.contains(field.substring(VARIABLE.length())));
    }

    private static boolean isOfThePlugin(String field) {
        return field.equals(PLUGIN_VERSION) || field.equals(RUNTIME_CLASSES);
    }

    private static SortedMap<String, String> plugin(Versions versions) throws IOException {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put(PLUGIN_VERSION, versions.plugin());
        if (versions.plugin().endsWith(SNAPSHOT)) {
            // One version, many programs.
            addProgram(fields, RUNTIME, Program.RUNTIME);
        }
        return fields;
    }

    private static void addProgram(SortedMap<String, String> fields, String name, String part) throws IOException {
        Optional<Path> jar = Program.jar();
        if (jar.isPresent()) {
            fields.put(Stamp.file(name), Program.digest(jar.get(), part));
        }
    }

    private SortedMap<String, String> engine(Compute used) throws IOException {
        SortedMap<String, String> fields = plugin(versions);
        fields.put("djl.version", versions.djl());
        fields.put("libtorch.version", versions.libtorch());
        fields.put("device", used.device() + (used.gpu().isEmpty() ? "" : ", " + used.gpu()));
        fields.put("platform", used.platform());
        fields.put("threads", Integer.toString(used.threads()));
        for (String name : Arithmetic.VARIABLES) {
            String value = used.environment().get(name);
            if (value != null) {
                fields.put(VARIABLE + name, value);
            }
        }
        return fields;
    }

    private void addSpec(SortedMap<String, String> fields, List<String> names) {
        names.forEach(name -> fields.putAll(spec.under(name)));
    }

    private void addModel(SortedMap<String, String> fields) throws IOException {
        ModelDirectory base = fineTune.base();
        addFiles(fields, modelFiles(base));
        if (fineTune.spec().readsWeights()) {
            addFiles(fields, base.weightFiles());
        }
    }

    private void addStart(SortedMap<String, String> fields) throws IOException {
        Located start = fineTune.located().startFrom();
        if (start != null) {
            StartFrom.digests(fineTune, digests)
                    .forEach((name, digest) -> fields.put(Stamp.file(start.name() + "/" + name), digest));
        }
    }

    private void addFiles(SortedMap<String, String> fields, Collection<Path> files) throws IOException {
        addFiles(fields, fineTune, files, digests);
    }

    private static void addFiles(
            SortedMap<String, String> fields, FineTune fineTune, Collection<Path> files, DigestCache digests)
            throws IOException {
        for (Path file : files) {
            fields.put(Stamp.file(name(fineTune, file)), digests.sha256(file));
        }
    }

    /** The name without this machine's directories, so that equal content has the same key on other machines. */
    private static String name(FineTune fineTune, Path file) {
        if (file.startsWith(fineTune.output())) {
            // No file of the project has such a name.
            return "ft:" + FineTune.shown(fineTune.output(), file);
        }
        return within(fineTune.located().base(), file).orElseGet(() -> fineTune.shown(file));
    }

    private static Optional<String> within(Located located, Path file) {
        return file.startsWith(located.path())
                ? Optional.of(located.name() + "/"
                        + located.path().relativize(file).toString().replace('\\', '/'))
                : Optional.empty();
    }

    private static Path dataset(FineTune fineTune, String name) {
        return fineTune.output().resolve("dataset").resolve(name);
    }

    /** The files of a model's directory that are read, besides weights. */
    private static List<Path> modelFiles(ModelDirectory base) {
        return base.files().stream().map(base.path()::resolve).toList();
    }
}
