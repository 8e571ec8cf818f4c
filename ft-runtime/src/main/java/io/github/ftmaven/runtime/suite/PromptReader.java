package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.assertion.Js;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads prompts: literal texts, or files by their extension. */
final class PromptReader {
    private static final Pattern FILE =
            Pattern.compile("(?s)file://.*|[^\\n{}]*\\.(txt|md|j2|json|jsonl|yaml|yml|csv|(js|cjs|mjs|ts|py)(:\\w+)?)");
    private static final Pattern SCRIPT = Pattern.compile("(?s)(.*\\.(?:js|cjs|mjs))(?::(\\w+))?");
    private static final Pattern TAG = Pattern.compile("\\{[{%#]");
    private static final Pattern SEPARATOR = Pattern.compile("\\r?\\n---\\r?\\n|^---\\r?\\n|\\r?\\n---\\z");
    private static final String PROGRAM = " is a program in an unsupported language. Use a text, or JavaScript.";
    private static final String UNKNOWN =
            " is an unsupported type of file. Supported are txt, md, j2, json, jsonl, yaml, csv and JavaScript.";
    private static final String DEFAULT = "{{prompt}}";

    private final SuiteFiles files;
    private final Mistakes mistakes;
    private final Map<String, String> environment;

    PromptReader(SuiteFiles files, Mistakes mistakes, Map<String, String> environment) {
        this.environment = environment;
        this.files = files;
        this.mistakes = mistakes;
    }

    List<Prompt> read(YamlTree tree, JsonNode config) {
        JsonNode declared = config.path("prompts");
        List<Prompt> prompts = new ArrayList<>();
        String place = tree.place(config, "prompts");
        if (declared.isMissingNode() || declared.isNull()) {
            return List.of(new Prompt(DEFAULT, DEFAULT));
        }
        if (declared.isTextual()) {
            add(declared.textValue(), null, place, prompts);
        } else if (declared.isArray()) {
            for (int i = 0; i < declared.size(); i++) {
                item(tree, declared.get(i), tree.place(declared, i), prompts);
            }
        } else if (declared.isObject()) {
            new FormCheck(tree, place, mistakes).section(declared, Forms.labels(declared));
            declared.properties()
                    .forEach(entry -> add(
                            entry.getKey(), entry.getValue().asText(), tree.place(declared, entry.getKey()), prompts));
        } else {
            mistakes.error(
                    place,
                    "prompts must be a text, a list of them, or a mapping of files to labels, not "
                            + FormCheck.shown(declared) + ".");
        }
        if (declared.isContainerNode() && declared.isEmpty()) {
            mistakes.error(place, "there are no prompts.");
        }
        return prompts;
    }

    private void item(YamlTree tree, JsonNode item, String place, List<Prompt> prompts) {
        new FormCheck(tree, place, mistakes).section(item, Forms.PROMPT_ENTRY);
        String label = item.path("label").isTextual() ? item.path("label").textValue() : null;
        if (item.isTextual()) {
            add(item.textValue(), null, place, prompts);
        } else if (item.path("raw").isTextual()) {
            String raw = item.path("raw").textValue();
            if (raw.startsWith("file://")) {
                add(raw, label, place, prompts);
            } else {
                prompts.add(new Prompt(raw, label == null ? raw : label));
            }
        } else if (item.path("id").isTextual()) {
            add(item.path("id").textValue(), label, place, prompts);
        } else {
            if (!item.has("raw") && !item.has("id")) {
                mistakes.error(
                        place,
                        "a prompt must be a text, or a mapping with raw or id, not " + FormCheck.shown(item) + ".");
            }
        }
    }

    private void add(String text, @Nullable String label, String place, List<Prompt> prompts) {
        if (!FILE.matcher(text).matches()) {
            prompts.add(new Prompt(text, label == null ? text : label));
            return;
        }
        Matcher script = SCRIPT.matcher(text);
        if (script.matches()) {
            script(script.group(1), script.group(2), label, place, prompts);
            return;
        }
        List<Path> found = files.find(text);
        if (found.isEmpty()) {
            mistakes.error(
                    place,
                    "the prompt " + SuiteFiles.path(text)
                            + (SuiteFiles.isProgram(text) ? PROGRAM : " does not exist."));
        }
        for (Path file : found) {
            try {
                file(file, label, place, prompts);
            } catch (InvalidInputException e) {
                mistakes.error(place, String.valueOf(e.getMessage()));
            }
        }
    }

    /** A prompt that a script's function creates from the variables. */
    private void script(
            String reference, @Nullable String function, @Nullable String label, String place, List<Prompt> prompts) {
        List<Path> found = files.find(reference);
        if (found.isEmpty()) {
            mistakes.error(place, "the prompt " + SuiteFiles.path(reference) + " does not exist.");
        }
        String suffix = function == null ? "" : ":" + function;
        for (Path file : found) {
            String name = files.show(file) + suffix;
            prompts.add(new Prompt(files.text(file), label == null ? name : label, "file://" + name));
        }
    }

    private void file(Path file, @Nullable String label, String place, List<Prompt> prompts) {
        String name = files.show(file);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String text = files.text(file);
        switch (extension) {
            case "txt" -> {
                String start = label == null ? name : label + ": " + name;
                for (String part : SEPARATOR.split(text, -1)) {
                    if (!part.isBlank()) {
                        prompts.add(prompt(part.strip(), null, start));
                    }
                }
            }
            case "md", "j2" ->
                prompts.add(new Prompt(text, label == null ? name + ": " + beginning(text, 50) + "..." : label));
            case "json" -> prompts.add(prompt(data(file, text), label, name));
            case "yaml", "yml" -> {
                String json = data(file, text);
                prompts.add(new Prompt(json, label == null ? name + ": " + beginning(json, 80) : label));
            }
            case "jsonl" -> {
                List<String> lines =
                        text.lines().filter(line -> !line.isBlank()).toList();
                String start = label == null ? name : label;
                lines.forEach(
                        line -> prompts.add(lines.size() > 1 ? prompt(line, null, start) : new Prompt(line, start)));
            }
            case "csv" -> csv(text, label, name, place, prompts);
            default -> mistakes.error(place, "the prompt " + name + (SuiteFiles.isProgram(name) ? PROGRAM : UNKNOWN));
        }
    }

    /**
     * JSON on one line, with the files that it names included; a JSON template that is not yet valid JSON does not
     * change.
     */
    private String data(Path file, String text) {
        try {
            return Js.stringify(files.resolved(files.tree(file).root()));
        } catch (InvalidInputException e) {
            if (TAG.matcher(text).find()) {
                return text;
            }
            throw e;
        }
    }

    private void csv(String text, @Nullable String label, String name, String place, List<Prompt> prompts) {
        List<Prompt> rows = new ArrayList<>();
        if (!text.contains(Table.delimiter(environment))) {
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            boolean headed = !lines.isEmpty() && lines.get(0).strip().equalsIgnoreCase("prompt");
            lines.subList(headed ? 1 : 0, lines.size()).forEach(line -> rows.add(new Prompt(line, "")));
        } else {
            table(text, name, rows);
        }
        if (rows.isEmpty()) {
            mistakes.error(place, name + " has no prompts. Write one per line, or a table with the column prompt.");
        }
        for (int i = 0; i < rows.size(); i++) {
            String raw = rows.get(i).raw();
            String given =
                    label == null ? "Prompt " + (i + 1) + " - " + raw : rows.size() > 1 ? label + ": " + raw : label;
            prompts.add(rows.get(i).label().isEmpty() ? new Prompt(raw, given) : rows.get(i));
        }
    }

    private void table(String text, String name, List<Prompt> rows) {
        List<Table.Row> read;
        try {
            read = Table.read(text, environment, true).rows();
        } catch (Table.Malformed e) {
            throw new InvalidInputException(name + ":" + e.line() + ": not valid CSV: " + e.getMessage() + ".", e);
        }
        List<String> header = read.isEmpty() ? List.of() : read.get(0).fields();
        int column = header.lastIndexOf("prompt");
        int labels = header.lastIndexOf("label");
        for (Table.Row row : read.subList(Math.min(1, read.size()), read.size())) {
            if (row.fields().size() != header.size()) {
                throw new InvalidInputException(name + ":" + row.line() + ": the row has "
                        + row.fields().size() + " fields, but the header has " + header.size() + ".");
            }
            if (column >= 0 && !row.fields().get(column).isEmpty()) {
                rows.add(new Prompt(
                        row.fields().get(column), labels < 0 ? "" : row.fields().get(labels)));
            }
        }
    }

    private static String beginning(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }

    private static Prompt prompt(String text, @Nullable String label, String name) {
        return new Prompt(text, label == null ? name + ": " + text : label);
    }
}
