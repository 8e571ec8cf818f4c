package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sources of a model's chat templates, where transformers looks for them: {@code chat_template.jinja} and {@code
 * additional_chat_templates/}, or else {@code tokenizer_config.json}. A model without these may have a {@code
 * chat_template.json}, which belongs to the processor of multimodal models.
 *
 * @param file their file
 * @param templates by name, in the order of the files
 */
public record TemplateSources(Path file, Map<String, String> templates) {
    /** The file of the only template, or the one named {@link #DEFAULT}. */
    public static final String FILE = "chat_template.jinja";

    /** The directory beside it with the templates of other names. */
    public static final String DIRECTORY = "additional_chat_templates";

    /** The key of a JSON file. */
    public static final String KEY = "chat_template";

    /** The name of the default template. */
    public static final String DEFAULT = "default";

    private static final String EXTENSION = ".jinja";

    /** The templates of a directory; empty if there are none. */
    public static TemplateSources of(Path modelDirectory) {
        Path jinja = modelDirectory.resolve(FILE);
        Map<String, String> templates = new LinkedHashMap<>();
        if (Files.isRegularFile(jinja)) {
            templates.put(DEFAULT, read(jinja));
        }
        for (Path file : list(modelDirectory.resolve(DIRECTORY))) {
            String name = String.valueOf(file.getFileName());
            templates.put(name.substring(0, name.length() - EXTENSION.length()), read(file));
        }
        if (!templates.isEmpty()) {
            return new TemplateSources(jinja, templates);
        }
        Path config = modelDirectory.resolve("tokenizer_config.json");
        templates.putAll(named(ChatTemplate.json(config).path(KEY)));
        Path wrapped = modelDirectory.resolve("chat_template.json");
        if (templates.isEmpty() && Files.isRegularFile(wrapped)) {
            return new TemplateSources(wrapped, named(ChatTemplate.json(wrapped).path(KEY)));
        }
        return new TemplateSources(config, templates);
    }

    /** One template, a list of named ones, or an object of them. */
    private static Map<String, String> named(JsonNode source) {
        Map<String, String> templates = new LinkedHashMap<>();
        if (source.isTextual()) {
            templates.put(DEFAULT, source.textValue());
        }
        source.properties()
                .forEach(own -> templates.put(own.getKey(), own.getValue().asText()));
        for (JsonNode own : source.isArray() ? source : MissingNode.getInstance()) {
            templates.put(own.path("name").asText(), own.path("template").asText());
        }
        return templates;
    }

    /** The template for conversations without special needs. */
    public Optional<String> usual() {
        return Optional.ofNullable(templates.get(DEFAULT));
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(EXTENSION))
                    .map(FileNames::readable)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(directory + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": the template cannot be read: " + FileProblem.reason(e), e);
        }
    }
}
