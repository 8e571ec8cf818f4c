package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import io.github.ftmaven.runtime.script.ScriptException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration file, and the files that it names. */
final class ConfigFile {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> KEYS = Set.of(
            "$schema",
            "tags",
            "description",
            "providers",
            "targets",
            "prompts",
            "tests",
            "scenarios",
            "defaultTest",
            "outputPath",
            "sharing",
            "nunjucksFilters",
            "env",
            "derivedMetrics",
            "extensions",
            "metadata",
            "redteam",
            "writeLatestResults",
            "tracing",
            "evaluateOptions",
            "commandLineOptions");
    private static final Set<String> WITHOUT_EFFECT = Set.of("sharing", "writeLatestResults", "tracing", "outputPath");
    private static final Set<String> PARTS = Set.of("prompts", "providers", "targets", "tests");
    private static final Set<String> DEFINITIONS = Set.of("definitions", "assertionTemplates");

    /** Keys whose variables do not influence the results. */
    private static final Set<String> SECRETS = Set.of("apiKey", "headers");

    private static final Pattern ENVIRONMENT = Pattern.compile("\\{\\{ *env\\.([A-Za-z_][A-Za-z0-9_]*) *}}");

    private final SuiteSource source;
    private final SuiteFiles files;
    private final Mistakes mistakes;
    private final Map<String, String> environment;
    private final Variables variables;
    private final JavaScript scripts;
    private final IdentityHashMap<JsonNode, String> places;

    ConfigFile(
            SuiteSource source,
            Mistakes mistakes,
            Map<String, String> environment,
            JavaScript scripts,
            IdentityHashMap<JsonNode, String> places) {
        this.source = source;
        this.files = new SuiteFiles(source.directory());
        this.mistakes = mistakes;
        this.environment = environment;
        this.variables = new Variables(environment);
        this.scripts = scripts;
        this.places = places;
    }

    /**
     * The content of a file.
     *
     * @param source its text as shown in results, with the names of variables instead of their values; and this file
     *     with every file that was read for it
     */
    record Content(
            List<Prompt> prompts,
            List<ProviderSpec> providers,
            TestsReader.Tests tests,
            List<Suite.DerivedMetric> derived,
            Suite.Templates templates,
            Suite.Source source) {}

    Content read() {
        YamlTree tree;
        try {
            tree = YamlTree.read(Files.readAllBytes(source.file()), source.display());
        } catch (IOException e) {
            throw new InvalidInputException(source.display() + ": the file does not exist or cannot be read.", e);
        }
        JsonNode root = tree.root().at(source.pointer());
        if (!root.isObject()) {
            throw new InvalidInputException(
                    source.display() + ": the file must be a mapping with prompts, providers and tests.");
        }
        ObjectNode config = (ObjectNode) root;
        checkKeys(tree, config, References.resolve(tree, config));
        new FormCheck(tree, source.display(), mistakes).section(config, Forms.CONFIGURATION);
        ObjectNode own = environment(config);
        ObjectNode told = config.deepCopy();
        Set<String> readable = new TreeSet<>();
        Set<String> configured = new TreeSet<>();
        names(told, readable, configured);
        substitute(config, text -> substituted(text, own));
        String providers = config.has("targets") ? "targets" : "providers";
        TestReader reader = new TestReader(files, mistakes, environment, scripts, places);
        Content content = new Content(
                new PromptReader(files, mistakes, environment).read(tree, config),
                new ProviderReader(files, mistakes, text -> substituted(text, own)).read(tree, config, providers),
                new TestsReader(tree, files, mistakes, reader).read(config),
                derived(tree, config),
                new Suite.Templates(filters(tree, config), own, new Suite.Visible(readable, configured)),
                new Suite.Source(told, source.directory(), new TreeSet<>(), variables.used()));
        content.prompts().forEach(prompt -> readable.addAll(Variables.names(prompt.raw())));
        names(content.tests().defaults(), readable, configured);
        content.providers()
                .forEach(provider -> configured.addAll(
                        Variables.names(provider.config().toString() + provider.type() + provider.transform())));
        own.fieldNames().forEachRemaining(readable::add);
        configured.addAll(readable);
        content.source().files().addAll(named(content, config));
        Set<Path> others = new TreeSet<>(content.source().files());
        others.remove(source.file().toAbsolutePath().normalize());
        Set<String> declared = new TreeSet<>();
        own.fieldNames().forEachRemaining(declared::add);
        variables.addNamedBy(others, declared);
        withoutSecrets(told).forEach(text -> variables.addNamedBy(text, declared));
        return content;
    }

    /** This file and all that it names. */
    private Set<Path> named(Content content, ObjectNode config) {
        Set<Path> all = new TreeSet<>(files.read());
        all.add(source.file().toAbsolutePath().normalize());
        named(config, all);
        named(content.tests().defaults(), all);
        content.tests().own().forEach(test -> named(test.json(), all));
        for (TestDefaults.Scenario scenario : content.tests().scenarios()) {
            scenario.configurations().forEach(test -> named(test.json(), all));
            scenario.tests().forEach(test -> named(test.json(), all));
        }
        for (ProviderSpec provider : content.providers()) {
            named(provider.config(), all);
            named(provider.config().textNode(String.valueOf(provider.transform())), all);
        }
        return all;
    }

    private static List<String> withoutSecrets(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else if (node.isArray()) {
            node.forEach(each -> texts.addAll(withoutSecrets(each)));
        }
        node.properties().forEach(each -> {
            if (!SECRETS.contains(each.getKey())) {
                texts.addAll(withoutSecrets(each.getValue()));
            }
        });
        return texts;
    }

    private void named(JsonNode node, Set<Path> named) {
        if (node.isTextual() && node.textValue().startsWith("file://")) {
            named.addAll(files.find(node.textValue().replaceFirst("(\\.[cm]?js):.*", "$1")));
        }
        node.forEach(child -> named(child, named));
    }

    private void checkKeys(YamlTree tree, ObjectNode config, Set<String> referred) {
        config.fieldNames().forEachRemaining(key -> {
            String place = tree.place(config, key);
            boolean definition = DEFINITIONS.contains(key)
                    || referred.contains(key)
                    || key.startsWith("x-")
                    || key.startsWith(".")
                    || tree.isAnchored(config, key);
            if (PARTS.contains(key) && config.path(key).isNull()) {
                mistakes.suspicion(place, key + " has no value. Write one, or remove the key.");
            }
            if (!KEYS.contains(key) && !definition) {
                mistakes.suspicion(place, "unknown key '" + key + "'." + Suggestion.didYouMean(key, KEYS));
            } else if (WITHOUT_EFFECT.contains(key)) {
                mistakes.warning(place, key + " has no effect here.");
            } else if (key.equals("extensions") || key.equals("redteam")) {
                mistakes.error(place, key + " is not supported. Remove it.");
            }
        });
        withoutEffect(tree, config, "evaluateOptions", SuiteOptions.EVALUATE);
        withoutEffect(tree, config, "commandLineOptions", SuiteOptions.COMMAND_LINE);
        if (config.has("targets") && config.has("providers")) {
            mistakes.error(tree.place(config, "targets"), "targets and providers mean the same. Keep one.");
        }
    }

    private void withoutEffect(YamlTree tree, ObjectNode config, String key, List<String> honoured) {
        JsonNode options = config.path(key);
        options.fieldNames().forEachRemaining(option -> {
            if (!honoured.contains(option)) {
                mistakes.warning(tree.place(options, option), key + "." + option + " has no effect here.");
            }
        });
    }

    private ObjectNode environment(ObjectNode config) {
        ObjectNode own = JSON.objectNode();
        config.path("env")
                .properties()
                .forEach(entry ->
                        own.put(entry.getKey(), substituted(entry.getValue().asText(), JSON.objectNode())));
        return own;
    }

    /** Collects the variables that texts name; variables below keys for secrets are for providers only. */
    private static void names(JsonNode node, Set<String> readable, Set<String> configured) {
        if (node.isTextual()) {
            readable.addAll(Variables.names(node.textValue()));
        }
        if (node.isArray()) {
            node.forEach(each -> names(each, readable, configured));
        }
        node.properties().forEach(each -> {
            boolean secret = SECRETS.contains(each.getKey()) || Secrets.isSetting(each.getKey());
            names(each.getValue(), secret ? configured : readable, configured);
        });
    }

    /** Substitutes environment variables in texts. */
    static void substitute(JsonNode node, UnaryOperator<String> substituted) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (entry.getValue().isTextual()) {
                    object.put(
                            entry.getKey(), substituted.apply(entry.getValue().textValue()));
                } else {
                    substitute(entry.getValue(), substituted);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, array.textNode(substituted.apply(array.get(i).textValue())));
                } else {
                    substitute(array.get(i), substituted);
                }
            }
        }
    }

    /** A text with environment variables substituted; unset ones stay as written. */
    private String substituted(String text, ObjectNode own) {
        StringBuilder result = new StringBuilder();
        int done = 0;
        int open = text.indexOf("{{");
        int close = open < 0 ? -1 : text.indexOf("}}", open + 2);
        while (close >= 0) {
            result.append(text, done, open).append(tag(text.substring(open, close + 2), own));
            done = close + 2;
            open = text.indexOf("{{", done);
            close = open < 0 ? -1 : text.indexOf("}}", open + 2);
        }
        return result.append(text, done, text.length()).toString();
    }

    private String tag(String tag, ObjectNode own) {
        Matcher simple = ENVIRONMENT.matcher(tag);
        Set<String> names = Variables.names(tag);
        if (names.isEmpty()) {
            return tag;
        }
        ObjectNode named = JSON.objectNode();
        for (String name : names) {
            String value = own.has(name) ? own.path(name).asText() : environment.get(name);
            if (value != null) {
                named.put(name, value);
            }
        }
        if (!named.has(names.iterator().next()) && !tag.contains("|")) {
            return tag;
        } else if (simple.matches()) {
            return named.path(simple.group(1)).asText();
        }
        try {
            return new Nunjucks(scripts, JSON.objectNode())
                    .render(tag, JSON.objectNode().set("env", named));
        } catch (ScriptException e) {
            return tag;
        }
    }

    private List<Suite.DerivedMetric> derived(YamlTree tree, ObjectNode config) {
        List<Suite.DerivedMetric> metrics = new ArrayList<>();
        JsonNode declared = config.path("derivedMetrics");
        for (int i = 0; i < declared.size() && declared.isArray(); i++) {
            JsonNode each = declared.get(i);
            String formula = each.path("value").asText();
            if (each.isObject() && (each.path("name").asText().isEmpty() || formula.isEmpty())) {
                mistakes.error(tree.place(declared, i), "a derived metric needs a name and, as value, a formula.");
                continue;
            } else if (!each.path("value").isTextual()) {
                continue;
            }
            String mistake = DerivedMetrics.mistake(formula, scripts);
            if (!mistake.isEmpty()) {
                mistakes.error(
                        tree.place(each, "value"), "the formula \"" + formula + "\" is not valid: " + mistake + ".");
            }
            metrics.add(new Suite.DerivedMetric(each.path("name").asText(), formula));
        }
        return metrics;
    }

    private ObjectNode filters(YamlTree tree, ObjectNode config) {
        ObjectNode sources = JSON.objectNode();
        config.path("nunjucksFilters").properties().forEach(entry -> {
            try {
                sources.put(
                        entry.getKey(),
                        files.source(SuiteFiles.path(entry.getValue().asText())));
            } catch (CheckException e) {
                mistakes.error(tree.place(config.path("nunjucksFilters"), entry.getKey()), e.getMessage() + ".");
            }
        });
        return sources;
    }
}
