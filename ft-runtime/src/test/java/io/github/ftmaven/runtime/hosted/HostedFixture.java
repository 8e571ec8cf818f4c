package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.dataset.BaseModel;
import io.github.ftmaven.runtime.dataset.DatasetStage;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests.Patience;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.journal.Event;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A project with a dataset of twelve rows, and an adapter that a service could have trained for it. */
final class HostedFixture implements Events {
    static final String STAMP = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String SUFFIX = "ft-0123456789abcdef0123456789abcdef";

    final Path directory;
    final List<String> said = new ArrayList<>();
    final List<Event.Progress> progress = new ArrayList<>();
    final List<String> spec = new ArrayList<>(List.of("adapter.rank: 4", "adapter.alpha: 8", "training.epochs: 2"));
    String stamp = STAMP;
    HostedSettings.Service service = HostedSettings.Service.TOGETHER;

    @Nullable
    Double maxPrice;

    String model = "tiny/Llama";
    boolean cancelOnStop;
    String secret = FakeService.KEY;
    int stopAfter = Integer.MAX_VALUE;

    HostedFixture(Path directory) throws IOException {
        this.directory = directory;
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append(row("q" + i, "a" + i));
        }
        Files.writeString(directory.resolve("train.jsonl"), rows);
        Files.writeString(directory.resolve("test.jsonl"), row("t", "u"));
    }

    static String row(String question, String answer) {
        return "{\"messages\": [{\"role\": \"user\", \"content\": \"" + question
                + "\"}, {\"role\": \"assistant\", \"content\": \"" + answer + "\"}]}\n";
    }

    FineTuneSpec spec() {
        return TestSpec.with(spec.toArray(String[]::new));
    }

    Job job() {
        ModelDirectory base = ModelDirectory.open(TestModels.tinyLlama(), "base", List.of());
        Job job = new Job(
                spec(),
                directory,
                base,
                new Inputs("base", "base", "tiny/Llama", "abc", null),
                directory.resolve("out"));
        if (!Files.exists(directory.resolve("out/dataset"))) {
            DatasetStage.run(
                    job.spec(),
                    directory,
                    new ProjectPaths(directory),
                    new BaseModel(
                            base.path(), 4_096, base.architecture().dimensions().vocabSize(), base.endTokens()),
                    job.output(),
                    message -> {});
        }
        return job;
    }

    HostedTraining training(String url) {
        HostedSettings settings = new HostedSettings(
                service, url, model, new ApiKey(secret, "the environment variable X"), maxPrice, cancelOnStop);
        Pace pace = new Pace(
                new Patience(Duration.ofSeconds(2), 3, Duration.ofMillis(1), Duration.ofSeconds(5)),
                Duration.ofMillis(1),
                Duration.ofMillis(2));
        return new HostedTraining(job(), settings, stamp, this, pace);
    }

    HostedTraining.Result train(FakeService service) throws IOException {
        return training(service.url()).train(directory.resolve("scratch"), adapter());
    }

    Path adapter() {
        return directory.resolve("adapter");
    }

    /** The files of an adapter that fits, or does not where something changes it. */
    Map<String, byte[]> trained(Consumer<FloatBuffer> change, String... other) throws IOException {
        List<String> lines = new ArrayList<>(spec);
        lines.addAll(List.of(other));
        LoraLayout layout = LoraLayout.declared(
                TestModels.tinyArchitecture(),
                TestSpec.with(lines.toArray(String[]::new)).adapter());
        Path made = Files.createTempDirectory(directory, "made");
        PeftAdapter.write(
                made,
                new PeftConfig("their/base", null, layout.selection(), 0, false),
                layout,
                module -> {
                    FloatBuffer a = filled(module.rank() * module.in());
                    FloatBuffer b = filled(module.out() * module.rank());
                    change.accept(b);
                    return new LoraWeights(a, b);
                },
                DType.F32);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : List.of(PeftAdapter.WEIGHTS, PeftAdapter.CONFIG)) {
            files.put(name, Files.readAllBytes(made.resolve(name)));
        }
        return files;
    }

    Map<String, byte[]> trained() throws IOException {
        return trained(b -> {});
    }

    private static FloatBuffer filled(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (i % 7 - 3) / 100f;
        }
        return FloatBuffer.wrap(values);
    }

    /** The rows of an uploaded form. */
    static List<String> rows(String form) {
        return form.lines().filter(line -> line.startsWith("{")).toList();
    }

    static String json(Object value) throws IOException {
        return new JsonMapper().writeValueAsString(value);
    }

    @Override
    public void progress(Event.Progress event) {
        progress.add(event);
    }

    @Override
    public void info(String text) {
        said.add(text);
    }

    @Override
    public void warn(String text) {
        said.add("WARN " + text);
    }

    @Override
    public boolean stopRequested() {
        return --stopAfter < 0;
    }
}
