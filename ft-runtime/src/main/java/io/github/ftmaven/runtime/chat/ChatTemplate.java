package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.JsonProblem;
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
import java.util.regex.Pattern;

/** A model's own chat template, rendered with the variables that transformers' {@code apply_chat_template} gives it. */
public final class ChatTemplate {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOOL_USE = "tool_use";
    private static final List<String> SPECIAL_TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private final String name;
    private final Map<String, Template> templates;
    private final Map<String, Object> specialTokens;

    private ChatTemplate(String name, Map<String, Template> templates, Map<String, Object> specialTokens) {
        this.name = name;
        this.templates = templates;
        this.specialTokens = specialTokens;
    }

    /**
     * The template of a model's directory: {@code chat_template.jinja}, {@code chat_template.json}, or what {@code
     * tokenizer_config.json} holds.
     *
     * @return empty if the model has none
     * @throws InvalidInputException if it cannot be read or is not a valid template
     */
    public static Optional<ChatTemplate> of(Path modelDirectory) {
        Path configuration = modelDirectory.resolve("tokenizer_config.json");
        JsonNode config = json(configuration);
        Path jinja = modelDirectory.resolve("chat_template.jinja");
        if (Files.isRegularFile(jinja)) {
            return Optional.of(ofFile(jinja, modelDirectory));
        }
        Path wrapped = modelDirectory.resolve("chat_template.json");
        JsonNode source = json(wrapped).path("chat_template");
        Path file = source.isMissingNode() ? configuration : wrapped;
        source = source.isMissingNode() ? config.path("chat_template") : source;
        Map<String, Template> templates = new LinkedHashMap<>();
        if (source.isTextual()) {
            templates.put("default", parse(source.asText(), file.toString()));
        }
        for (JsonNode named : source.isArray() ? source : MissingNode.getInstance()) {
            String own = named.path("name").asText();
            templates.put(own, parse(named.path("template").asText(), file + " (" + own + ")"));
        }
        return templates.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChatTemplate(file.toString(), templates, specialTokens(config)));
    }

    /** A template in a file of its own, with the special tokens of a model's directory. */
    public static ChatTemplate ofFile(Path file, Path modelDirectory) {
        String source;
        try {
            source = Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": the template cannot be read: " + e.getMessage(), e);
        }
        return new ChatTemplate(
                file.toString(),
                Map.of("default", parse(source, file.toString())),
                specialTokens(json(modelDirectory.resolve("tokenizer_config.json"))));
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
                    file + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> specialTokens(JsonNode config) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        for (String key : SPECIAL_TOKENS) {
            JsonNode token = config.path(key);
            JsonNode text = token.isObject() ? token.path("content") : token;
            if (text.isTextual()) {
                tokens.put(key, text.asText());
            }
        }
        return tokens;
    }

    /** The file it is from. */
    String name() {
        return name;
    }

    /** The text of the template that lays out a conversation without tools. */
    String source() {
        Template template = templates.get("default");
        return template == null ? "" : template.source();
    }

    /** Whether a word stands in any of the templates. */
    boolean mentions(String word) {
        Pattern pattern = Pattern.compile("\\b" + Pattern.quote(word) + "\\b");
        return templates.values().stream()
                .anyMatch(template -> pattern.matcher(template.source()).find());
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
        Template template = templates.get(tools ? TOOL_USE : "default");
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
        Values.variables(message.more()).forEach(map::putIfAbsent);
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
