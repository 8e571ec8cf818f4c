package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.template.None;
import io.github.ftmaven.runtime.template.Rendering;
import io.github.ftmaven.runtime.template.Template;
import io.github.ftmaven.runtime.template.TemplateException;
import io.github.ftmaven.runtime.template.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A model's own chat template, rendered with the variables of transformers' {@code apply_chat_template}. */
public final class ChatTemplate {
    private static final ObjectMapper JSON = Json.lenient();
    static final String TOOL_USE = "tool_use";

    private final String name;
    private final Map<String, Template> templates;
    private final Map<String, Object> specialTokens;

    private ChatTemplate(String name, Map<String, Template> templates, Map<String, Object> specialTokens) {
        this.name = name;
        this.templates = templates;
        this.specialTokens = specialTokens;
    }

    /**
     * The chat template of a model's directory, or its several named ones; see {@link TemplateSources}.
     *
     * @return empty if the model has none
     * @throws InvalidInputException if it cannot be read or is not a valid template
     */
    public static Optional<ChatTemplate> of(Path modelDirectory) {
        TemplateSources sources = TemplateSources.of(modelDirectory);
        if (sources.templates().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Template> templates = new LinkedHashMap<>();
        String file = sources.file().toString();
        boolean several = sources.templates().size() > 1;
        sources.templates()
                .forEach((name, source) ->
                        templates.put(name, parse(source, several ? file + " (" + name + ")" : file)));
        return Optional.of(new ChatTemplate(file, templates, specialTokens(modelDirectory)));
    }

    /** A template without a file, with the special tokens of a model's directory. */
    public static ChatTemplate ofText(String source, Path modelDirectory) {
        String name = modelDirectory.resolve(TemplateSources.FILE).toString();
        return new ChatTemplate(
                name, Map.of(TemplateSources.DEFAULT, parse(source, name)), specialTokens(modelDirectory));
    }

    /** A template in a file of its own, with the special tokens of a model's directory. */
    public static ChatTemplate ofFile(Path file, Path modelDirectory) {
        return new ChatTemplate(
                file.toString(), Map.of(TemplateSources.DEFAULT, read(file)), specialTokens(modelDirectory));
    }

    private static Map<String, Object> specialTokens(Path modelDirectory) {
        return SpecialTokens.of(modelDirectory).variables();
    }

    private static Template read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException(file + ": the template cannot be read: " + FileProblem.reason(e), e);
        }
    }

    private static Template parse(String source, String name) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(source)) {
            throw new InvalidInputException(
                    name + ": the chat template contains a lone surrogate, which cannot be written to a file.");
        }
        try {
            return Template.of(source);
        } catch (TemplateException e) {
            throw new InvalidInputException(name + ": the chat template is not valid: " + e.getMessage(), e);
        }
    }

    /**
     * A file's JSON; missing if the file does not exist.
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
                    file + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of the template. */
    String name() {
        return name;
    }

    /** The text of the template for conversations without tools. */
    String source() {
        Template template = templates.get(TemplateSources.DEFAULT);
        return template == null ? "" : template.source();
    }

    /** Whether any of the templates contains a word. */
    boolean mentions(String word) {
        Pattern pattern = Pattern.compile("\\b" + Pattern.quote(word) + "\\b");
        return templates.values().stream()
                .anyMatch(template -> pattern.matcher(template.source()).find());
    }

    /**
     * Renders a conversation.
     *
     * @param variables {@code messages}, and {@code tools}, {@code documents} or others that the template uses
     * @throws InvalidInputException if the template fails or rejects the conversation
     */
    public Rendering render(Map<String, Object> variables, boolean addGenerationPrompt, Clock clock) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tools", None.NONE);
        all.put("documents", None.NONE);
        all.putAll(specialTokens);
        all.put("add_generation_prompt", addGenerationPrompt);
        all.putAll(variables);
        boolean tools = all.get("tools") != None.NONE && templates.containsKey(TOOL_USE);
        Template template = templates.get(tools ? TOOL_USE : TemplateSources.DEFAULT);
        if (template == null) {
            throw new InvalidInputException(name + ": the file has chat templates named "
                    + String.join(", ", templates.keySet()) + ", but none named default.");
        }
        try {
            return template.render(all, clock);
        } catch (TemplateException e) {
            throw new InvalidInputException(
                    name + ": the chat template "
                            + (e.raised() ? "rejects this conversation, " : "cannot be rendered, ") + e.getMessage()
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
        Values.variables(message.more()).forEach(map::putIfAbsent);
        return map;
    }

    /** The variables in a JSON file: a list of messages, or an object with {@code messages} and others. */
    public static Map<String, Object> variables(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    file + ": no such file. It must contain a list of messages, or an object with"
                            + " messages and, if the template needs them, tools, documents and others.");
        }
        JsonNode json = json(file);
        if (json.isArray()) {
            return Map.of("messages", Values.of(json));
        }
        if (!json.path("messages").isArray()) {
            throw new InvalidInputException(
                    file + ": the file must be a list of messages, or an object with messages.");
        }
        return Values.variables(json);
    }
}
