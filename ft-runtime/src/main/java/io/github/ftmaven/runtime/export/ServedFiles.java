package io.github.ftmaven.runtime.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.ChatTemplate;
import io.github.ftmaven.runtime.chat.TemplateSources;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.PythonJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How programs prompt a fine-tune and where its answers stop, in the files that transformers, vLLM and llama.cpp's
 * converter read. They describe the conditions of training and evaluation, not the base's defaults.
 *
 * @param template the chat template that replaces the base's; empty if the base's own is used
 * @param generation the content of {@code generation_config.json}
 */
public record ServedFiles(Optional<String> template, ObjectNode generation) {
    /** Names the tokens that end an answer; transformers and vLLM stop at any of them. */
    public static final String GENERATION = "generation_config.json";

    private static final String END = "eos_token_id";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    private static final String WRAPPED_TEMPLATE = "chat_template.json";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The keys of a base's file that also apply to greedy answers, because they do not choose tokens. */
    private static final Set<String> KEPT = Set.of(
            "bos_token_id",
            "pad_token_id",
            "decoder_start_token_id",
            "max_length",
            "max_new_tokens",
            "cache_implementation",
            "use_cache",
            "transformers_version");

    /**
     * The files of a fine-tune that was measured by greedy answers.
     *
     * @param template replaces the base's
     * @param endToken the token that ends every answer; it precedes the base's own
     */
    public static ServedFiles of(ModelDirectory base, Optional<String> template, int endToken) {
        ObjectNode generation = JSON.objectNode();
        JsonNode own = ChatTemplate.json(base.path().resolve(GENERATION));
        JsonNode config = ChatTemplate.json(base.path().resolve("config.json"));
        List<Integer> ends = new ArrayList<>(List.of(endToken));
        base.endTokens().stream().filter(id -> id != endToken).forEach(ends::add);
        putEnd(generation, ends);
        for (String key : List.of("bos_token_id", "pad_token_id")) {
            if (own.isMissingNode() && config.path(key).isIntegralNumber()) {
                generation.set(key, config.get(key));
            }
        }
        own.properties().stream()
                .filter(entry -> KEPT.contains(entry.getKey()))
                .forEach(entry -> generation.set(entry.getKey(), entry.getValue()));
        return new ServedFiles(template, generation);
    }

    private static void putEnd(ObjectNode generation, List<Integer> ends) {
        if (ends.size() == 1) {
            generation.put(END, ends.get(0));
        } else {
            ArrayNode list = generation.putArray(END);
            ends.forEach(list::add);
        }
    }

    /**
     * What training left beside the weights.
     *
     * @throws InvalidInputException if there is none
     */
    public static ServedFiles read(Path trained, String display) {
        Path file = trained.resolve(GENERATION);
        if (!(ChatTemplate.json(file) instanceof ObjectNode generation) || !generation.has(END)) {
            throw new InvalidInputException(display + "/" + GENERATION + ": missing or damaged. Run ft:train again.");
        }
        Path template = trained.resolve(TemplateSources.FILE);
        try {
            return new ServedFiles(
                    Files.isRegularFile(template) ? Optional.of(Files.readString(template)) : Optional.empty(),
                    generation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokens at which an answer stops; the trained one is the first. */
    public List<Integer> endTokens() {
        List<Integer> ends = new ArrayList<>();
        JsonNode end = generation.path(END);
        (end.isArray() ? end : List.of(end)).forEach(id -> ends.add(id.asInt()));
        return ends;
    }

    /** Writes them beside an adapter, for the command lines of other programs. */
    public void write(Path directory) throws IOException {
        Files.writeString(directory.resolve(GENERATION), PythonJson.format(generation) + "\n");
        if (template.isPresent()) {
            Files.writeString(directory.resolve(TemplateSources.FILE), template.get());
        }
    }

    /**
     * Writes the files of a model beside its weights: the base's files with the differences applied. A template goes
     * where each program looks first: a separate file for transformers, {@code tokenizer_config.json} for llama.cpp's
     * converter.
     */
    public void write(ModelDirectory base, Path directory) throws IOException {
        copy(base, directory);
        write(directory);
        if (template.isPresent()) {
            Files.deleteIfExists(directory.resolve(WRAPPED_TEMPLATE));
            Path config = directory.resolve(TOKENIZER_CONFIG);
            ObjectNode tokenizer = ChatTemplate.json(config) instanceof ObjectNode object ? object : JSON.objectNode();
            tokenizer.put(TemplateSources.KEY, template.get());
            Files.writeString(config, PythonJson.format(tokenizer) + "\n");
        }
    }

    private void copy(ModelDirectory base, Path directory) throws IOException {
        Set<String> names = new LinkedHashSet<>(base.files());
        // Conversations with tools would select a template of another name.
        names.removeIf(name -> template.isPresent() && name.startsWith(TemplateSources.DIRECTORY + "/"));
        for (String name : names) {
            Path file = base.path().resolve(name);
            if (Files.isRegularFile(file)) {
                Files.createDirectories(directory.resolve(name).getParent());
                Files.copy(file, directory.resolve(name));
            }
        }
    }
}
