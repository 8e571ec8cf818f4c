package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model in Hugging Face's directory layout: {@code config.json}, {@code tokenizer.json}, and {@code
 * model.safetensors} or shards with an index.
 *
 * @param path the directory
 * @param display the directory as the user wrote it, for messages
 * @param architecture what {@code config.json} says
 */
public record ModelDirectory(Path path, String display, Architecture architecture) {
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String GENERATION = "generation_config.json";
    private static final String EOS = "eos_token_id";

    /** The files that every model has besides its weights. */
    public static final List<String> REQUIRED = List.of(CONFIG, TOKENIZER);

    private static final String TEMPLATES = "additional_chat_templates";

    /**
     * The optional files. These two additional templates are the only ones that are used without being named; a
     * directory may hold more, see {@link #files()}.
     */
    public static final List<String> OPTIONAL = List.of(
            GENERATION,
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "chat_template.jinja",
            "chat_template.json",
            TEMPLATES + "/default.jinja",
            TEMPLATES + "/tool_use.jinja");

    /** Where the weights may be: the first file that exists, with the shards that it names. */
    public static final List<String> WEIGHT_FILES = List.of(WEIGHTS, INDEX);

    /**
     * Opens a directory that has a configuration and a tokenizer. Only {@link #weights()} looks for weights: a model
     * that starts from random ones has none.
     *
     * @param display the directory as the user wrote it
     * @throws InvalidInputException if one of the two is missing or not valid
     */
    public static ModelDirectory open(Path directory, String display) {
        return open(directory, display, List.of());
    }

    /**
     * Opens a directory as {@link #open(Path, String)} does, but ignores some unknown keys of {@code config.json}.
     *
     * @param ignoreKeys the value of {@code base.ignoreKeys}
     * @throws InvalidInputException also if one of these keys is absent or known
     */
    public static ModelDirectory open(Path directory, String display, List<String> ignoreKeys) {
        return open(directory, display, new ConfigKeys(ignoreKeys, true));
    }

    /**
     * Opens the base of an earlier fine-tune, possibly from an older version of this library: a key that it ignored may
     * be known by now and change nothing.
     *
     * @param ignoreKeys the value of {@code base.ignoreKeys} at that time
     */
    public static ModelDirectory reopen(Path directory, String display, List<String> ignoreKeys) {
        return open(directory, display, new ConfigKeys(ignoreKeys, false));
    }

    private static ModelDirectory open(Path directory, String display, ConfigKeys keys) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(display + ": no such directory. A model is a directory with " + CONFIG
                    + ", " + TOKENIZER + " and " + WEIGHTS + ".");
        }
        for (String name : REQUIRED) {
            if (!Files.isRegularFile(directory.resolve(name))) {
                throw new InvalidInputException(display + ": has no " + name + ". A model is a directory with " + CONFIG
                        + ", " + TOKENIZER + " and " + WEIGHTS + ".");
            }
        }
        return new ModelDirectory(
                directory, display, ArchitectureReader.read(directory.resolve(CONFIG), display + "/" + CONFIG, keys));
    }

    /** The names of the existing files besides the weights that are read. */
    public List<String> files() {
        Set<String> names = new LinkedHashSet<>(REQUIRED);
        names.addAll(OPTIONAL);
        if (Files.isDirectory(path.resolve(TEMPLATES))) {
            try (Stream<Path> templates = Files.list(path.resolve(TEMPLATES))) {
                templates
                        .map(FileNames::readable)
                        .map(file -> TEMPLATES + "/" + file.getFileName())
                        .filter(name -> name.endsWith(".jinja"))
                        .sorted()
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        display + "/" + TEMPLATES + ": cannot be read: " + FileProblem.reason(e), e);
            }
        }
        names.removeIf(name -> !Files.isRegularFile(path.resolve(name)));
        return List.copyOf(names);
    }

    /** The tokenizer's file. */
    public Path tokenizer() {
        return path.resolve(TOKENIZER);
    }

    /**
     * The weights, checked against the architecture.
     *
     * @throws InvalidInputException if they are missing or damaged, or do not fit this architecture
     */
    public Weights weights() {
        Weights weights = isSharded()
                ? ShardedWeights.open(path, INDEX, display)
                : SafetensorsFile.open(singleFile(), display + "/" + WEIGHTS);
        if (isPartOfALargerModel()) {
            weights = new NestedWeights(weights);
        }
        weights = QuantizedWeights.of(weights);
        WeightLayout.of(architecture).check(weights, display);
        return weights;
    }

    /** Whether the weights are the text part of a multimodal model. */
    public boolean isPartOfALargerModel() {
        return architecture.family().equals("gemma3");
    }

    /**
     * Checks that all weights can be trained and saved.
     *
     * @throws InvalidInputException if they are only part of a larger model
     */
    public void checkAllTrainable() {
        if (isPartOfALargerModel()) {
            throw new InvalidInputException("adapter.method: full would save only the text part of " + display
                    + ", which no program can load. Use lora or dora, or a model of type gemma3_text.");
        }
    }

    /**
     * The files that hold the weights: a single file, or the index and its shards.
     *
     * @throws InvalidInputException if there are none
     */
    public List<Path> weightFiles() {
        if (!isSharded()) {
            return List.of(singleFile());
        }
        List<Path> files = new ArrayList<>(List.of(path.resolve(INDEX)));
        ShardedWeights.open(path, INDEX, display).fileNames().forEach(name -> files.add(path.resolve(name)));
        return files;
    }

    /**
     * The SHA-256 of the weights in hexadecimal. For one file it is the digest of the file; for several, the digest of
     * the lines that {@code sha256sum} prints for them.
     */
    public String weightDigest() {
        return Digests.sha256(weightFiles());
    }

    /**
     * The tokens that end generated text: from {@code generation_config.json} if it names any, otherwise from the
     * model.
     */
    public List<Integer> endTokens() {
        if (!Files.isRegularFile(path.resolve(GENERATION))) {
            return architecture.specialTokens().eos();
        }
        JsonObjectFile generation = JsonObjectFile.read(path.resolve(GENERATION), display + "/" + GENERATION);
        List<Integer> ends = generation.has(EOS)
                ? TokenIds.read(generation, EOS, architecture.dimensions().vocabSize())
                : List.of();
        return ends.isEmpty() ? architecture.specialTokens().eos() : ends;
    }

    private boolean isSharded() {
        return !Files.isRegularFile(path.resolve(WEIGHTS)) && Files.isRegularFile(path.resolve(INDEX));
    }

    private Path singleFile() {
        Path file = path.resolve(WEIGHTS);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(display + ": has no " + WEIGHTS + " and no " + INDEX
                    + ". Weights in other formats (pytorch_model.bin, GGUF) are not supported.");
        }
        return file;
    }
}
