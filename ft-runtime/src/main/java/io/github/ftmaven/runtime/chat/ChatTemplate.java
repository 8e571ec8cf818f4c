package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.template.None;
import io.github.ftmaven.runtime.template.Rendering;
import io.github.ftmaven.runtime.template.Template;
import io.github.ftmaven.runtime.template.TemplateException;
import io.github.ftmaven.runtime.template.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A model's own chat template, rendered with the variables that transformers' {@code apply_chat_template} gives it. */
public final class ChatTemplate {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOOL_USE = "tool_use";
    private static final String DEFAULT = "default";
    private static final String DIRECTORY = "additional_chat_templates";
    private static final String SUFFIX = ".jinja";

    private final String name;
    private final Map<String, Template> templates;
    private final Map<String, Object> specialTokens;

    private ChatTemplate(String name, Map<String, Template> templates, Map<String, Object> specialTokens) {
        this.name = name;
        this.templates = templates;
        this.specialTokens = specialTokens;
    }

    /**
     * The templates of a model's directory, where transformers looks for them: the files {@code chat_template.jinja} and
     * {@code additional_chat_templates/*.jinja}, or else what {@code tokenizer_config.json} holds. Where a model has none
     * of these, {@code chat_template.json} is asked, which models that also see have for their processor.
     *
     * @return empty if the model has none
     * @throws InvalidInputException if it cannot be read or is not a valid template
     */
    public static Optional<ChatTemplate> of(Path modelDirectory) {
        Map<String, Template> templates = new LinkedHashMap<>();
        Path jinja = modelDirectory.resolve("chat_template.jinja");
        Path named = modelDirectory.resolve(DIRECTORY);
        if (Files.isRegularFile(jinja)) {
            templates.put(DEFAULT, read(jinja));
        }
        for (Path file : files(named)) {
            templates.put(file.getFileName().toString().replaceFirst("\\.jinja$", ""), read(file));
        }
        Path source = templates.containsKey(DEFAULT) ? jinja : named;
        for (String name : List.of("tokenizer_config.json", "chat_template.json")) {
            if (templates.isEmpty()) {
                source = modelDirectory.resolve(name);
                templates.putAll(templates(json(source).path("chat_template"), source));
            }
        }
        return templates.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChatTemplate(source.toString(), templates, specialTokens(modelDirectory)));
    }

    /** A template in a file of its own, with the special tokens of a model's directory. */
    public static ChatTemplate ofFile(Path file, Path modelDirectory) {
        return new ChatTemplate(file.toString(), Map.of(DEFAULT, read(file)), specialTokens(modelDirectory));
    }

    private static Map<String, Object> specialTokens(Path modelDirectory) {
        return SpecialTokens.of(modelDirectory).variables();
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** One template, a list of named ones, or an object of them. */
    private static Map<String, Template> templates(JsonNode source, Path file) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (source.isTextual()) {
            templates.put(DEFAULT, parse(source.asText(), file.toString()));
        }
        source.properties()
                .forEach(named -> templates.put(
                        named.getKey(), parse(named.getValue().asText(), file + " (" + named.getKey() + ")")));
        for (JsonNode named : source.isArray() ? source : MissingNode.getInstance()) {
            String own = named.path("name").asText();
            templates.put(own, parse(named.path("template").asText(), file + " (" + own + ")"));
        }
        return templates;
    }

    private static Template read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException(file + ": the template cannot be read: " + e.getMessage(), e);
        }
    }

    private static Template parse(String source, String name) {
        try {
            return Template.of(source);
        } catch (TemplateException e) {
            throw new InvalidInputException(name + ": the chat template is not valid: " + e.getMessage(), e);
        }
    }

    /**
     * A file's JSON; missing if there is no such file.
     *
     * @throws InvalidInputException if it is not valid JSON
     */
    public static JsonNode json(Path file) {
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    file + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": not valid JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Renders a conversation.
     *
     * @param variables {@code messages}, and {@code tools}, {@code documents} or whatever else the template asks for
     * @throws InvalidInputException if the template fails or refuses the conversation
     */
    public Rendering render(Map<String, Object> variables, boolean addGenerationPrompt, Clock clock) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tools", None.NONE);
        all.put("documents", None.NONE);
        all.putAll(specialTokens);
        all.put("add_generation_prompt", addGenerationPrompt);
        all.putAll(variables);
        boolean tools = all.get("tools") != None.NONE && templates.containsKey(TOOL_USE);
        Template template = templates.get(tools ? TOOL_USE : DEFAULT);
        if (template == null) {
            throw new InvalidInputException(name + ": has chat templates named " + String.join(", ", templates.keySet())
                    + ", but none named default.");
        }
        try {
            return template.render(all, clock);
        } catch (TemplateException e) {
            throw new InvalidInputException(
                    name + ": the chat template "
                            + (e.raised() ? "refuses this conversation, " : "cannot be rendered, ") + e.getMessage()
                            + ".",
                    e);
        }
    }

    /** A conversation as templates see it. */
    static Map<String, Object> variables(Conversation conversation) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(
                "messages",
                conversation.messages().stream()
                        .<Object>map(ChatTemplate::variables)
                        .toList());
        if (conversation.tools() != null) {
            variables.put("tools", Values.of(conversation.tools()));
        }
        return variables;
    }

    private static Map<Object, Object> variables(Message message) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("role", message.role().name().toLowerCase(Locale.ROOT));
        if (!message.content().isEmpty() || !message.callsTools()) {
            map.put("content", message.content());
        }
        map.putAll(Values.variables(message.more()));
        return map;
    }

    /** The variables of a JSON file: a list of messages, or an object with {@code messages} and others. */
    public static Map<String, Object> variables(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(file + ": no such file. It must hold a list of messages, or an object with"
                    + " messages and, as the template needs them, tools, documents and others.");
        }
        JsonNode json = json(file);
        if (json.isArray()) {
            return Map.of("messages", Values.of(json));
        }
        if (!json.path("messages").isArray()) {
            throw new InvalidInputException(file + ": must be a list of messages, or an object with messages.");
        }
        return Values.variables(json);
    }
}
