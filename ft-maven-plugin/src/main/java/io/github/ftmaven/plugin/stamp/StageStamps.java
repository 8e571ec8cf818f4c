package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Baseline;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Initialization;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the result of each stage depends on. A stage names what it reads of the stages before by content, so that a
 * change goes only as far as it makes a difference: other test questions are answered, not trained for.
 */
public final class StageStamps {
    /** How an answer is asked for and ended: the same in training and evaluation. */
    private static final List<String> LAYOUT = List.of("dataset.template", "dataset.endToken", "dataset.maxLength");

    /** What is read of a model's directory besides weights: configuration, tokenizer, chat template. */
    private static final List<String> MODEL_FILES = List.of(".json", ".jinja", ".model", ".txt");

    private static final String RELEASED = "released";
    private static final String RELEASED_DIGEST = Stamp.file("of the release");

    private final FineTune fineTune;
    private final DigestCache digests;
    private final Compute compute;
    private final Versions versions = Versions.current();

    /** Prepares to describe the stages of a fine-tune that computes so. */
    public StageStamps(FineTune fineTune, DigestCache digests, Compute compute) {
        this.fineTune = fineTune;
        this.digests = digests;
        this.compute = compute;
    }

    /**
     * On what numbers are computed, as far as they may depend on it.
     *
     * @param device {@code cpu} or {@code cuda}
     * @param platform operating system and processor, as {@code linux-x86_64}
     * @param threads CPU threads
     */
    public record Compute(String device, String platform, int threads) {}

    /** For the stage that reads the examples: nothing of it depends on the engine. */
    public Stamp dataset() throws IOException {
        SortedMap<String, String> fields = plugin(versions);
        addSpec(fields, List.of("dataset", "training.seed"));
        addFiles(fields, fineTune.dataFiles());
        addFiles(fields, modelFiles(fineTune.base()));
        return new Stamp(fields);
    }

    /** For the training. */
    public Stamp train() throws IOException {
        SortedMap<String, String> fields = engine();
        addSpec(fields, List.of("base", "adapter", "training"));
        addSpec(fields, LAYOUT);
        // How often it is saved does not change what is trained.
        fields.remove("training.checkpointEvery");
        addModel(fields);
        addFiles(fields, fineTune.startFrom());
        addFiles(fields, List.of(dataset(fineTune, "train.jsonl"), dataset(fineTune, "validation.jsonl")));
        return new Stamp(fields);
    }

    /**
     * For the packaging, which computes nothing.
     *
     * @param name the name of the adapter: {@code groupId:artifactId}
     * @param timestamp the time written into the archive
     * @param training the stamp of the training that made the adapter
     */
    public static Stamp packaging(FineTune fineTune, DigestCache digests, String name, String timestamp, Stamp training)
            throws IOException {
        SortedMap<String, String> fields = plugin(Versions.current());
        fields.put("name", name);
        fields.put("project.build.outputTimestamp", timestamp);
        fields.put("training.key", training.key());
        List<Path> files = new ArrayList<>(Stage.adapterFiles(fineTune.output()));
        files.add(fineTune.specFile());
        files.add(dataset(fineTune, "dataset.json"));
        addFiles(fields, fineTune, files, digests);
        return new Stamp(fields);
    }

    /**
     * For the evaluation of a packaged adapter.
     *
     * @param released what rules over the released adapter compare with; null where there is no such rule
     */
    public Stamp evaluate(Path jar, @Nullable ReleasedAdapter released) throws IOException {
        SortedMap<String, String> fields = engine();
        Set<Path> named = new TreeSet<>();
        addSpec(fields, List.of("base", "evaluation"));
        addSpec(fields, LAYOUT);
        addModel(fields);
        addFiles(fields, List.of(dataset(fineTune, "test.jsonl")));
        fields.put(Stamp.file(name(fineTune, jar)), digests.trained(jar));
        if (released != null) {
            fields.put(RELEASED, released.name() == null ? released.word() : released.name());
            if (released.digest() != null) {
                fields.put(RELEASED_DIGEST, released.digest());
            }
        }
        for (Baseline baseline : fineTune.spec().evaluation().baselines()) {
            if (baseline.prompt() != null) {
                named.add(fineTune.specDirectory().resolve(baseline.prompt()).normalize());
            }
            if (baseline.rag() != null) {
                named.addAll(
                        fineTune.files("evaluation.baselines", baseline.rag().passages()));
            }
            if (baseline.fewShot() > 0) {
                named.add(dataset(fineTune, "train.jsonl"));
                addSpec(fields, List.of("training.seed"));
            }
        }
        FineTuneSpec.Evaluation evaluation = fineTune.spec().evaluation();
        Stream.of(evaluation.retention(), evaluation.schema())
                .filter(Objects::nonNull)
                .forEach(
                        file -> named.add(fineTune.specDirectory().resolve(file).normalize()));
        fineTune.suite().ifPresent(suite -> {
            named.addAll(suite.files());
            suite.variables()
                    .forEach((name, value) -> fields.put(
                            Stamp.file("environment variable " + name),
                            Sha256.of(value.getBytes(StandardCharsets.UTF_8))));
        });
        named.addAll(fineTune.tasks().files());
        addFiles(fields, named);
        return new Stamp(fields);
    }

    /** Whether a field is about the released adapter, which only a repository knows. */
    public static boolean isOfTheRelease(String field) {
        return field.equals(RELEASED) || field.equals(RELEASED_DIGEST);
    }

    private static SortedMap<String, String> plugin(Versions versions) {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("plugin.version", versions.plugin());
        return fields;
    }

    private SortedMap<String, String> engine() {
        SortedMap<String, String> fields = plugin(versions);
        fields.put("djl.version", versions.djl());
        fields.put("libtorch.version", versions.libtorch());
        fields.put("device", compute.device());
        fields.put("platform", compute.platform());
        fields.put("threads", Integer.toString(compute.threads()));
        return fields;
    }

    private void addSpec(SortedMap<String, String> fields, List<String> names) {
        SpecFields spec = new SpecFields(fineTune.spec());
        names.forEach(name -> fields.putAll(spec.under(name)));
    }

    private void addModel(SortedMap<String, String> fields) throws IOException {
        ModelDirectory base = fineTune.base();
        addFiles(fields, modelFiles(base));
        if (fineTune.spec().base().initialize() == Initialization.PRETRAINED) {
            addFiles(fields, base.weightFiles());
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

    /** Without the directories of this machine, so that the same content has the same key on another one. */
    private static String name(FineTune fineTune, Path file) {
        if (file.startsWith(fineTune.output())) {
            return FineTune.shown(fineTune.output(), file);
        }
        Located base = fineTune.located().base();
        return file.startsWith(base.path())
                ? base.display() + "/" + base.path().relativize(file).toString().replace('\\', '/')
                : fineTune.shown(file);
    }

    private static Path dataset(FineTune fineTune, String name) {
        return fineTune.output().resolve("dataset").resolve(name);
    }

    private static List<Path> modelFiles(ModelDirectory base) throws IOException {
        try (Stream<Path> files = Files.list(base.path())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                        return MODEL_FILES.stream().anyMatch(name::endsWith);
                    })
                    .toList();
        }
    }
}
