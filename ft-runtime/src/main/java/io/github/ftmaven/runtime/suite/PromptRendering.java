package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import io.github.ftmaven.runtime.script.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders prompts. A JSON prompt keeps its structure: each text in it is rendered separately. Variables may refer to
 * each other and to files, and may be templates themselves. A model's answer is always plain text: it is inserted in
 * place of its name and never evaluated.
 */
final class PromptRendering {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";
    private static final Pattern NAMES = Pattern.compile("\\{\\{-?\\s*([A-Za-z_]\\w*)");
    private static final Pattern TAG = Pattern.compile("\\{[{%][^{}]*[%}]}");
    private static final int ROUNDS = 5;

    private final Nunjucks templates;
    private final JavaScript scripts;
    private final SuiteFiles files;
    private final ObjectNode environment;
    private final ObjectNode providers;

    /**
     * Prepares a renderer.
     *
     * @param environment the environment variables that templates may read
     * @param providers the environment variables that the configurations of providers may read
     */
    PromptRendering(
            Nunjucks templates, JavaScript scripts, SuiteFiles files, ObjectNode environment, ObjectNode providers) {
        this.templates = templates;
        this.scripts = scripts;
        this.files = files;
        this.environment = environment;
        this.providers = providers;
    }

    /**
     * The variables after reading files, running scripts, and resolving references to each other.
     *
     * @param said the names of the variables that hold models' answers; variables that refer to one are added
     */
    ObjectNode resolve(ObjectNode declared, String prompt, Set<String> said) throws CheckException {
        ObjectNode vars = declared.deepCopy();
        for (Map.Entry<String, JsonNode> entry : declared.properties()) {
            if (entry.getValue().isTextual() && !said.contains(entry.getKey())) {
                String value = entry.getValue().textValue();
                vars.set(
                        entry.getKey(),
                        value.matches("file://.*\\.(js|cjs|mjs)")
                                ? scripted(value, entry.getKey(), prompt, vars)
                                : TextNode.valueOf(text(value)));
            }
        }
        boolean resolved = false;
        for (int round = 0; round < ROUNDS && !resolved; round++) {
            resolved = true;
            for (String name : names(vars)) {
                JsonNode value = vars.get(name);
                if (value.isTextual() && !said.contains(name)) {
                    String next = resolved(value.textValue(), vars, said);
                    resolved &= next.equals(value.textValue());
                    vars.put(name, next);
                }
            }
        }
        for (String name : names(vars)) {
            JsonNode value = vars.get(name);
            if (value.isTextual() && !said.contains(name) && refersTo(value.textValue(), said)) {
                vars.put(name, template(closed(value.textValue()), vars));
                said.add(name);
            }
        }
        return vars;
    }

    /** Replaces the first reference to another variable in a text; models' answers are inserted later. */
    private static String resolved(String text, ObjectNode vars, Set<String> said) {
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            if (!said.contains(matcher.group(1))) {
                if (!vars.has(matcher.group(1))) {
                    return text;
                }
                String value = Js.text(vars.get(matcher.group(1)));
                return text.substring(0, matcher.start()) + value + text.substring(matcher.end());
            }
        }
        return text;
    }

    private static boolean refersTo(String text, Set<String> names) {
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            if (names.contains(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }

    /** The {@code output} of a script's function of name, prompt and variables. */
    private JsonNode scripted(String reference, String name, String prompt, ObjectNode vars) throws CheckException {
        String path = SuiteFiles.path(reference);
        try {
            JsonNode result = files.call(scripts, reference, TextNode.valueOf(name), TextNode.valueOf(prompt), vars);
            if (result.has("error") || !result.has("output")) {
                throw new CheckException(path + ": the function did not return {output}"
                        + (result.has("error") ? ": " + result.path("error").asText() : ""));
            }
            return result.get("output");
        } catch (ScriptException e) {
            throw new CheckException(path + ": " + e.getMessage());
        }
    }

    private String text(String value) throws CheckException {
        if (!value.startsWith("file://")) {
            return value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
        }
        if (value.matches(".*\\.(ts|py|rb|pdf|png|jpe?g|gif|webp|mp3|wav|mp4)")) {
            throw new CheckException(SuiteFiles.path(value) + ": variables cannot be read from this type of file");
        }
        JsonNode content = files.content(value);
        return content.isTextual() && !value.endsWith(".yaml") && !value.endsWith(".yml")
                ? content.textValue()
                : value.endsWith(".json") ? files.source(SuiteFiles.path(value)).strip() : Js.stringify(content);
    }

    /** A task's rendered prompt, from its template or its script. */
    String prompt(PlannedRow task, ObjectNode vars, Set<String> said) throws CheckException {
        Prompt prompt = task.column().prompt();
        for (Map.Entry<String, JsonNode> entry : vars.properties()) {
            if (entry.getValue().isTextual() && !said.contains(entry.getKey())) {
                requireReadable(entry.getKey(), entry.getValue().textValue());
            }
        }
        if (prompt.script() == null) {
            return render(option(task, "prefix") + prompt.raw() + option(task, "suffix"), vars, said);
        }
        ObjectNode context = JSON.objectNode();
        context.set("vars", vars);
        context.putObject("provider")
                .put("id", task.column().provider().id())
                .put("label", task.column().provider().label());
        context.putObject("config");
        try {
            JsonNode result = files.call(scripts, prompt.script(), context);
            JsonNode made = result.has("prompt") ? result.get("prompt") : result;
            if (!made.isTextual() && !made.isContainerNode()) {
                throw new CheckException("Prompt function must return a string or object: " + prompt.label());
            }
            String text = made.isTextual() ? made.textValue() : Js.stringify(made);
            if (said.stream().noneMatch(vars::has)) {
                return render(text, vars, said);
            }
            // The script has seen models' answers and may have inserted them into its text.
            return Js.parse(text).map(Js::indented).orElse(text);
        } catch (ScriptException e) {
            throw new CheckException(prompt.label() + ": " + e.getMessage());
        }
    }

    private static String option(PlannedRow task, String name) {
        String value = task.test().option(name);
        return value == null ? "" : value;
    }

    /** A rendered template; its variables are rendered first where they are templates themselves. */
    private String render(String prompt, ObjectNode vars, Set<String> said) throws CheckException {
        Optional<JsonNode> json = Js.parse(prompt);
        if (json.isPresent()) {
            return texts(json.get(), visible(prompt, vars, environment));
        }
        ObjectNode own = vars.deepCopy();
        for (String name : names(vars)) {
            JsonNode value = vars.get(name);
            if (value.isTextual() && !said.contains(name) && !refersToNothing(value.textValue(), vars)) {
                own.put(name, template(closed(value.textValue()), vars));
            }
        }
        return template(closed(prompt), own);
    }

    /** A template of a provider's configuration, which sees the prompt and the variables as they are. */
    String configured(String template, ObjectNode vars) throws CheckException {
        ObjectNode visible = visible(template, vars, providers);
        Optional<JsonNode> json = Js.parse(template);
        try {
            return json.isPresent() ? texts(json.get(), visible) : templates.render(closed(template), visible);
        } catch (ScriptException e) {
            throw unrendered(e);
        }
    }

    private String texts(JsonNode json, ObjectNode vars) throws CheckException {
        try {
            return Js.indented(templates.renderTexts(json, vars));
        } catch (ScriptException e) {
            throw unrendered(e);
        }
    }

    /**
     * Rejects a variable that names an environment variable unless the suite's own files name it too: it would render
     * as nothing.
     */
    private void requireReadable(String name, String value) throws CheckException {
        StringBuilder tags = new StringBuilder();
        TAG.matcher(value).results().forEach(tag -> tags.append(tag.group()).append('\n'));
        for (String variable : Variables.names(tags.toString())) {
            if (!environment.has(variable)) {
                throw new CheckException("the variable " + name + " uses env." + variable
                        + ", which is not set or not allowed: only the suite's own file may choose which environment"
                        + " variables are read. To allow it, add env: {" + variable + ": '{{env." + variable
                        + "}}'} to that file");
            }
        }
    }

    private static boolean refersToNothing(String template, ObjectNode vars) {
        Matcher matcher = NAMES.matcher(template);
        while (matcher.find()) {
            if (!matcher.group(1).equals("env") && !vars.has(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }

    /** Makes text that only resembles a template literal. */
    private static String closed(String text) {
        boolean raw = text.contains("endraw");
        boolean unclosed = isUnclosed(text, "{%", '%') || isUnclosed(text, "{{", '}') || isUnclosed(text, "{#", '#');
        return unclosed && !raw ? "{% raw %}" + text + "{% endraw %}" : text;
    }

    /** Whether a line ends after a mark and before the character that could close it. */
    private static boolean isUnclosed(String text, String mark, char closing) {
        int close = -1;
        int lineEnd = -1;
        for (int i = text.indexOf(mark); i >= 0; i = text.indexOf(mark, i + 1)) {
            int from = i + mark.length();
            if (close < from) {
                int next = text.indexOf(closing, from);
                close = next < 0 ? text.length() : next;
            }
            while (lineEnd < from || (lineEnd < text.length() && LINE_ENDS.indexOf(text.charAt(lineEnd)) < 0)) {
                lineEnd = Math.max(from, lineEnd + 1);
            }
            if (lineEnd <= close) {
                return true;
            }
        }
        return false;
    }

    private String template(String template, ObjectNode vars) throws CheckException {
        try {
            return templates.render(template, visible(template, vars, environment));
        } catch (ScriptException e) {
            throw unrendered(e);
        }
    }

    private static CheckException unrendered(ScriptException e) {
        return new CheckException("The template cannot be rendered: " + e.getMessage());
    }

    /** The variables, plus the environment if a template may read it. */
    private static ObjectNode visible(String template, ObjectNode vars, ObjectNode environment) {
        if (!template.contains("env")) {
            return vars;
        }
        ObjectNode all = vars.deepCopy();
        all.set("env", environment);
        return all;
    }

    private static List<String> names(ObjectNode vars) {
        List<String> names = new ArrayList<>();
        vars.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
