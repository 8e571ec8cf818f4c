package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.script.JavaScript;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One configuration file, and the files it names. */
final class ConfigFile {
    private static final JsonMapper JSON = new JsonMapper();
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
    private static final Set<String> DEFINITIONS = Set.of("definitions", "assertionTemplates");

    /** Keys below which a variable is no part of what is asked. */
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
     * What a file says.
     *
     * @param config its text as results are told: without secrets
     * @param tests its own, without the scenarios'
     * @param files it and the files that were read for it
     * @param variables those of the process that it and its files depend on, but for secrets
     * @param reader knows where its assertions stand
     */
    record Content(
            ObjectNode config,
            List<Prompt> prompts,
            List<ProviderSpec> providers,
            ObjectNode defaults,
            List<TestCase> tests,
            List<Defaults.Scenario> scenarios,
            List<Suite.DerivedMetric> derived,
            ObjectNode filters,
            ObjectNode environment,
            Set<Path> files,
            Map<String, String> variables,
            TestReader reader) {}

    Content read() {
        YamlTree tree;
        try {
            tree = YamlTree.read(Files.readAllBytes(source.file()), source.display());
        } catch (IOException e) {
            throw new InvalidInputException(source.display() + ": no such file, or it cannot be read.", e);
        }
        JsonNode root = tree.root().at(source.pointer());
        if (!root.isObject()) {
            throw new InvalidInputException(
                    source.display() + ": must be a mapping with prompts, providers and tests.");
        }
        ObjectNode config = (ObjectNode) root;
        checkKeys(tree, config, References.resolve(config));
        ObjectNode own = environment(tree, config);
        ObjectNode told = config.deepCopy();
        substitute(told, own, false);
        substitute(config, own, true);
        String providers = config.has("targets") ? "targets" : "providers";
        TestReader reader = new TestReader(files, mistakes, scripts, places);
        Content content = new Content(
                told,
                new PromptReader(files, mistakes).read(tree, config),
                new ProviderReader(files, mistakes).read(tree, config, providers),
                defaults(tree, config, reader),
                reader.read(tree, config, "tests"),
                scenarios(tree, config, reader),
                derived(tree, config),
                filters(tree, config),
                own,
                new TreeSet<>(),
                variables.used(),
                reader);
        content.files().add(source.file().toAbsolutePath().normalize());
        content.files().addAll(files.read());
        named(config, content.files());
        named(content.defaults(), content.files());
        content.tests().forEach(test -> named(test.json(), content.files()));
        for (Defaults.Scenario scenario : content.scenarios()) {
            scenario.configurations().forEach(test -> named(test.json(), content.files()));
            scenario.tests().forEach(test -> named(test.json(), content.files()));
        }
        for (ProviderSpec provider : content.providers()) {
            named(provider.config(), content.files());
            named(provider.config().textNode(String.valueOf(provider.transform())), content.files());
        }
        Set<Path> others = new TreeSet<>(content.files());
        others.remove(source.file().toAbsolutePath().normalize());
        Set<String> declared = new TreeSet<>();
        own.fieldNames().forEachRemaining(declared::add);
        variables.addNamedBy(others, declared);
        return content;
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
            if (!KEYS.contains(key) && !definition) {
                mistakes.suspicion(place, "unknown key '" + key + "'." + Suggestion.didYouMean(key, KEYS));
            } else if (WITHOUT_EFFECT.contains(key)) {
                mistakes.warning(place, key + " has no effect here.");
            } else if (key.equals("extensions") || key.equals("redteam")) {
                mistakes.error(place, key + " is not run here. Remove it.");
            }
        });
        withoutEffect(tree, config, "evaluateOptions", SuiteOptions.EVALUATE);
        withoutEffect(tree, config, "commandLineOptions", SuiteOptions.COMMAND_LINE);
        if (config.has("targets") && config.has("providers")) {
            mistakes.error(tree.place(config, "targets"), "targets and providers are the same. Keep one.");
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

    private ObjectNode environment(YamlTree tree, ObjectNode config) {
        ObjectNode own = JSON.createObjectNode();
        JsonNode declared = config.path("env");
        if (!declared.isMissingNode() && !declared.isObject()) {
            mistakes.error(tree.place(config, "env"), "env must be a mapping.");
        }
        declared.properties()
                .forEach(entry -> own.put(entry.getKey(), entry.getValue().asText()));
        return own;
    }

    /**
     * Puts variables of the environment in; those that are not set stay as they are written.
     *
     * @param secrets whether also below keys that hold secrets
     */
    private void substitute(JsonNode node, ObjectNode own, boolean secrets) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (secrets || !SECRETS.contains(entry.getKey())) {
                    if (entry.getValue().isTextual()) {
                        object.put(entry.getKey(), substituted(entry.getValue().textValue(), own, secrets));
                    } else {
                        substitute(entry.getValue(), own, secrets);
                    }
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, array.textNode(substituted(array.get(i).textValue(), own, secrets)));
                } else {
                    substitute(array.get(i), own, secrets);
                }
            }
        }
    }

    private String substituted(String text, ObjectNode own, boolean secrets) {
        if (!secrets) {
            Set<String> declared = new TreeSet<>();
            own.fieldNames().forEachRemaining(declared::add);
            variables.addNamedBy(text, declared);
        }
        Matcher matcher = ENVIRONMENT.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = own.has(name) ? own.path(name).asText() : environment.get(name);
            matcher.appendReplacement(result, Matcher.quoteReplacement(value == null ? matcher.group() : value));
        }
        return matcher.appendTail(result).toString();
    }

    private ObjectNode defaults(YamlTree tree, ObjectNode config, TestReader reader) {
        JsonNode declared = config.path("defaultTest");
        String place = tree.place(config, "defaultTest");
        YamlTree source = tree;
        if (declared.isTextual()) {
            List<Path> found = files.find(declared.textValue());
            if (found.isEmpty()) {
                mistakes.error(place, "the default test " + SuiteFiles.path(declared.textValue()) + " does not exist.");
                return JSON.createObjectNode();
            }
            source = files.tree(found.get(0));
            declared = source.root();
        }
        if (declared.isMissingNode() || declared.isNull()) {
            return JSON.createObjectNode();
        }
        if (!declared.isObject()) {
            mistakes.error(place, "defaultTest must be a mapping.");
            return JSON.createObjectNode();
        }
        reader.check(source, (ObjectNode) declared, place);
        return (ObjectNode) declared;
    }

    private List<Defaults.Scenario> scenarios(YamlTree tree, ObjectNode config, TestReader reader) {
        List<Defaults.Scenario> all = new ArrayList<>();
        JsonNode scenarios = config.path("scenarios");
        for (int s = 0; s < scenarios.size(); s++) {
            JsonNode scenario = scenarios.get(s);
            List<TestCase> tests = reader.read(tree, scenario, "tests");
            all.add(new Defaults.Scenario(
                    reader.read(tree, scenario, "config"),
                    tests.isEmpty()
                            ? List.of(new TestCase(JSON.createObjectNode(), tree.place(scenarios, s)))
                            : tests));
        }
        return all;
    }

    private List<Suite.DerivedMetric> derived(YamlTree tree, ObjectNode config) {
        List<Suite.DerivedMetric> metrics = new ArrayList<>();
        JsonNode declared = config.path("derivedMetrics");
        for (int i = 0; i < declared.size(); i++) {
            JsonNode each = declared.get(i);
            String formula = each.path("value").asText();
            if (each.path("name").asText().isEmpty() || formula.isEmpty()) {
                mistakes.error(tree.place(declared, i), "a derived metric has a name and a value, its formula.");
                continue;
            }
            String mistake = DerivedMetrics.mistake(formula, scripts);
            if (!mistake.isEmpty()) {
                mistakes.error(
                        tree.place(each, "value"),
                        "the formula \"" + formula + "\" cannot be computed: " + mistake + ".");
            }
            metrics.add(new Suite.DerivedMetric(each.path("name").asText(), formula));
        }
        return metrics;
    }

    private ObjectNode filters(YamlTree tree, ObjectNode config) {
        ObjectNode sources = JSON.createObjectNode();
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
