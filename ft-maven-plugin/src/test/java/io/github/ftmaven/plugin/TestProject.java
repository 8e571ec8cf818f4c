package io.github.ftmaven.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A small project on disk, with the tiny model as its base. */
public final class TestProject {
    private static final Path TINY_MODEL = Path.of("../ft-runtime/src/test/resources/models/tiny-llama");

    private final Path directory;

    /** Writes the project into a directory. */
    public TestProject(Path directory) throws IOException {
        this.directory = directory;
        Path model = Files.createDirectories(directory.resolve("src/main/ft/model"));
        for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
            Files.copy(TINY_MODEL.resolve(name), model.resolve(name));
        }
        write("src/main/ft/data/train.jsonl", "{\"prompt\":\"a\",\"completion\":\"b\"}\n");
        write("src/main/ft/data/test.jsonl", "{\"prompt\":\"c\",\"completion\":\"d\"}\n");
        spec("");
    }

    /** Writes the spec, with these lines more. */
    public TestProject spec(String more) throws IOException {
        write("src/main/ft/fine-tune.yaml", """
                base:
                  model: model
                dataset:
                  train: data/train.jsonl
                  test: data/test.jsonl
                """ + more);
        return this;
    }

    /** Writes a file. */
    public TestProject write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** Writes what {@code ft:dataset} leaves. */
    public TestProject dataset() throws IOException {
        for (String name : List.of(
                "train.jsonl", "validation.jsonl", "test.jsonl", "dataset.json", "examples.bin", "fingerprint.json")) {
            write("target/ft/dataset/" + name, "{\"of\":\"" + name + "\"}\n");
        }
        return this;
    }

    /** Writes what {@code ft:train} leaves, but for its stamp. */
    public TestProject adapter() throws IOException {
        write("target/ft/train/adapter/adapter_config.json", "{\"r\":8}\n");
        write("target/ft/train/adapter/adapter_model.safetensors", "weights");
        write(
                "target/ft/train/training.json",
                "{\"steps\":412,\"seconds\":1.5,\"tokensPerSecond\":9.0,\"supervisedTokens\":7,\"finalLoss\":0.5}");
        return this;
    }

    /** Its fine-tune, located. */
    public FineTune fineTune() throws IOException {
        return fineTune(directory.resolve("target/ft"));
    }

    /** Its fine-tune with another output directory. */
    public FineTune fineTune(Path output) throws IOException {
        return fineTune(output, UnaryOperator.identity());
    }

    /** Its fine-tune with names that stand for others. */
    public FineTune fineTune(Path output, UnaryOperator<String> names) throws IOException {
        FineTune fineTune = FineTune.read(directory, directory.resolve("src/main/ft/fine-tune.yaml"), output, names);
        return fineTune.locate(
                (key, declared, kind) -> {
                    Path path = fineTune.specDirectory().resolve(declared).normalize();
                    return new Located(path, fineTune.shown(path), declared, null);
                },
                (place, declared) -> List.of(),
                true);
    }

    /** A file of it. */
    public Path file(String path) {
        return directory.resolve(path);
    }
}
