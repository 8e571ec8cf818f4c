package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a promptfoo configuration. Where promptfoo would pass over something in silence (an unknown key, a test without
 * assertions, an unknown assertion type), this is an error with its line and column, unless leniency is asked for.
 */
public final class SuiteReader {
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
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("sharing", "writeLatestResults", "tracing", "outputPath", "commandLineOptions");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\{\\{ *env\\.([A-Za-z_][A-Za-z0-9_]*) *}}");

    private final Path file;
    private final Path directory;
    private final SuiteFiles files;
    private final Mistakes mistakes;
    private final Map<String, String> environment;
    private final JsonNode judge;

    private SuiteReader(Path file, boolean lenient, Map<String, String> environment, JsonNode judge) {
        this.file = file;
        this.directory = file.toAbsolutePath().resolveSibling("").normalize();
        this.files = new SuiteFiles(directory);
        this.mistakes = new Mistakes(lenient);
        this.environment = environment;
        this.judge = judge;
    }

    /**
     * Reads a configuration and the files it names.
     *
     * @param display the file as messages name it
     * @param lenient whether to be as forgiving as promptfoo
     * @param environment the process's variables, for {@code {{ env.NAME }}}
     * @throws InvalidInputException with a line for each mistake
     */
    public static Suite read(Path file, String display, boolean lenient, Map<String, String> environment) {
        return read(file, display, lenient, environment, MissingNode.getInstance());
    }

    /**
     * Reads a configuration that may leave open who grades.
     *
     * @param judge who does then, as {@link JudgeReader#declaration} makes it; missing for nobody
     * @throws InvalidInputException with a line for each mistake
     */
    public static Suite read(
            Path file, String display, boolean lenient, Map<String, String> environment, JsonNode judge) {
        return new SuiteReader(file, lenient, environment, judge).read(display);
    }

    private Suite read(String display) {
        YamlTree tree;
        try {
            tree = YamlTree.read(Files.readAllBytes(file), display);
        } catch (IOException e) {
            throw new InvalidInputException(display + ": no such file, or it cannot be read.", e);
        }
        if (!tree.root().isObject()) {
            throw new InvalidInputException(display + ": must be a mapping with prompts, providers and tests.");
        }
        ObjectNode config = (ObjectNode) tree.root();
        checkKeys(tree, config);
        ObjectNode own = environment(tree, config);
        substitute(config, own);

        String providersKey = config.has("targets") ? "targets" : "providers";
        List<Prompt> prompts = new PromptReader(files, mistakes).read(tree, config.path("prompts"));
        List<ProviderSpec> providers =
                new ProviderReader(files, mistakes).read(tree, providersKey, config.path(providersKey));
        TestReader reader = new TestReader(files, mistakes);
        ObjectNode defaults = defaults(tree, config, reader);
        List<TestCase> declared = new ArrayList<>(reader.read(tree, config, "tests"));
        declared.addAll(scenarios(tree, config, reader, defaults));
        List<TestCase> tests = declared.stream()
                .map(test -> new TestCase(withDefaults(test.json(), defaults), test.place()))
                .toList();
        if (tests.isEmpty()) {
            mistakes.suspicion(display, "there are no tests.");
        }
        for (TestCase test : tests) {
            if (test.json().path("assert").isEmpty()) {
                mistakes.suspicion(
                        test.place(), "this test has no assertion, so that any answer would pass. Add assert.");
            }
        }
        tests.forEach(test -> reader.checkGrading(test, judge));
        List<Suite.DerivedMetric> derived = derived(tree, config);
        ObjectNode filters = filters(tree, config);
        mistakes.throwIfAny();
        return new Suite(
                config.path("description").asText(""),
                prompts,
                providers,
                tests,
                derived,
                Math.max(1, config.path("evaluateOptions").path("repeat").asInt(1)),
                filters,
                own,
                judge,
                config,
                directory,
                named(tests),
                mistakes.warnings());
    }

    /** Every file that was read, and those that tests name for later. */
    private Set<Path> named(List<TestCase> tests) {
        Set<Path> named = new TreeSet<>(files.read());
        named.add(file.toAbsolutePath().normalize());
        tests.forEach(test -> named(test.json(), named));
        return named;
    }

    private void named(JsonNode node, Set<Path> named) {
        if (node.isTextual() && node.textValue().startsWith("file://")) {
            named.addAll(files.find(node.textValue().replaceFirst("(\\.c?js):.*", "$1")));
        }
        node.forEach(child -> named(child, named));
    }

    private void checkKeys(YamlTree tree, ObjectNode config) {
        config.fieldNames().forEachRemaining(key -> {
            String place = tree.place(config, key);
            if (!KEYS.contains(key)) {
                mistakes.suspicion(place, "unknown key '" + key + "'." + Suggestion.didYouMean(key, KEYS));
            } else if (WITHOUT_EFFECT.contains(key)) {
                mistakes.warning(place, key + " has no effect here.");
            } else if (key.equals("extensions") || key.equals("redteam")) {
                mistakes.error(place, key + " is not run here. Remove it.");
            }
        });
        if (config.has("targets") && config.has("providers")) {
            mistakes.error(tree.place(config, "targets"), "targets and providers are the same. Keep one.");
        }
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

    /** Puts variables of the environment in; those that are not set stay as they are written. */
    private void substitute(JsonNode node, ObjectNode own) {
        UnaryOperator<String> replace = text -> {
            Matcher matcher = ENVIRONMENT.matcher(text);
            StringBuilder result = new StringBuilder();
            while (matcher.find()) {
                String name = matcher.group(1);
                String value = own.has(name) ? own.path(name).asText() : environment.get(name);
                matcher.appendReplacement(result, Matcher.quoteReplacement(value == null ? matcher.group() : value));
            }
            return matcher.appendTail(result).toString();
        };
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (entry.getValue().isTextual()) {
                    object.put(entry.getKey(), replace.apply(entry.getValue().textValue()));
                } else {
                    substitute(entry.getValue(), own);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, array.textNode(replace.apply(array.get(i).textValue())));
                } else {
                    substitute(array.get(i), own);
                }
            }
        }
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

    /** Every test of a scenario with every one of its configurations. */
    private List<TestCase> scenarios(YamlTree tree, ObjectNode config, TestReader reader, ObjectNode defaults) {
        List<TestCase> all = new ArrayList<>();
        JsonNode scenarios = config.path("scenarios");
        for (int s = 0; s < scenarios.size(); s++) {
            JsonNode scenario = scenarios.get(s);
            List<TestCase> data = reader.read(tree, scenario, "config");
            List<TestCase> tests = reader.read(tree, scenario, "tests");
            if (tests.isEmpty()) {
                tests = List.of(new TestCase(JSON.createObjectNode(), tree.place(scenarios, s)));
            }
            for (TestCase one : data) {
                for (TestCase test : tests) {
                    ObjectNode merged = JSON.createObjectNode();
                    merged.setAll(defaultsWithoutAssertions(defaults));
                    merged.setAll(one.json());
                    merged.setAll(test.json());
                    for (String key : List.of("vars", "options")) {
                        ObjectNode sum = JSON.createObjectNode();
                        for (JsonNode part : List.of(defaults, one.json(), test.json())) {
                            if (part.path(key).isObject()) {
                                sum.setAll((ObjectNode) part.get(key));
                            }
                        }
                        merged.set(key, sum);
                    }
                    ArrayNode assertions = merged.putArray("assert");
                    one.json().path("assert").forEach(assertions::add);
                    test.json().path("assert").forEach(assertions::add);
                    merged.withObject("/metadata").put("conversationId", "__scenario_" + s + "__");
                    all.add(new TestCase(merged, test.place()));
                }
            }
        }
        return all;
    }

    private static ObjectNode defaultsWithoutAssertions(ObjectNode defaults) {
        ObjectNode copy = defaults.deepCopy();
        copy.remove("assert");
        return copy;
    }

    private static ObjectNode withDefaults(ObjectNode test, ObjectNode defaults) {
        ObjectNode merged = test.deepCopy();
        for (String key : List.of("vars", "options", "metadata")) {
            if (defaults.path(key).isObject()) {
                ObjectNode sum = defaults.path(key).deepCopy();
                if (test.path(key).isObject()) {
                    sum.setAll((ObjectNode) test.get(key));
                }
                merged.set(key, sum);
            }
        }
        for (String key : List.of("threshold", "prompts", "providers", "provider")) {
            if (!merged.has(key) && defaults.has(key)) {
                merged.set(key, defaults.get(key));
            }
        }
        ArrayNode assertions = JSON.createArrayNode();
        if (!test.path("options").path("disableDefaultAsserts").asBoolean(false)) {
            defaults.path("assert").forEach(assertions::add);
        }
        test.path("assert").forEach(assertions::add);
        if (!assertions.isEmpty()) {
            merged.set("assert", assertions);
        }
        return merged;
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
            try {
                Formula.parse(formula);
            } catch (InvalidInputException e) {
                mistakes.error(tree.place(each, "value"), String.valueOf(e.getMessage()));
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
