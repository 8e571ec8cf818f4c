package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads promptfoo configurations, several of which form one suite. Unless leniency is requested, everything that
 * promptfoo ignores silently (an unknown key, a test without assertions, an unknown assertion type, an unset variable)
 * is an error with its line and column.
 */
public final class SuiteReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(5);

    private final Mistakes mistakes;
    private final SuiteOptions options;
    private final JsonNode judge;

    private SuiteReader(Mistakes mistakes, SuiteOptions options, JsonNode judge) {
        this.mistakes = mistakes;
        this.options = options;
        this.judge = judge;
    }

    /**
     * Reads a configuration and the files that it names.
     *
     * @param display the file as messages name it
     * @param lenient whether to be as forgiving as promptfoo
     * @param environment the process's variables, for {@code {{ env.NAME }}}
     * @throws InvalidInputException with a line for each mistake
     */
    public static Suite read(Path file, String display, boolean lenient, Map<String, String> environment) {
        return read(
                List.of(new SuiteSource(file, display)),
                lenient,
                environment,
                SuiteOptions.NONE,
                MissingNode.getInstance());
    }

    /**
     * Merges configurations: distinct providers and prompts, all tests, and of other settings the last.
     *
     * @param sources at least one
     * @param options defaults for the options of the configurations
     * @param judge the default judge, from {@link JudgeReader#declaration}; missing for none
     * @throws InvalidInputException with a line for each mistake
     */
    public static Suite read(
            List<SuiteSource> sources,
            boolean lenient,
            Map<String, String> environment,
            SuiteOptions options,
            JsonNode judge) {
        Secrets secrets = Secrets.of(environment, List.of());
        Mistakes mistakes = new Mistakes(lenient, secrets);
        List<ConfigFile.Content> contents = new ArrayList<>();
        IdentityHashMap<JsonNode, String> places = new IdentityHashMap<>();
        try (JavaScript scripts = new JavaScript(SCRIPT_LIMIT)) {
            for (SuiteSource source : sources) {
                contents.add(new ConfigFile(source, mistakes, environment, scripts, places).read());
            }
        }
        return new SuiteReader(mistakes, options, judge).merged(sources, contents, environment);
    }

    private Suite merged(List<SuiteSource> sources, List<ConfigFile.Content> contents, Map<String, String> process) {
        ObjectNode config = config(contents);
        TestDefaults defaults = new TestDefaults(
                contents.stream().map(content -> content.tests().defaults()).toList());
        List<TestCase> own = new ArrayList<>();
        List<TestDefaults.Scenario> scenarios = new ArrayList<>();
        Set<Prompt> prompts = new LinkedHashSet<>();
        Set<ProviderSpec> providers = new LinkedHashSet<>();
        List<Suite.DerivedMetric> derived = new ArrayList<>();
        for (ConfigFile.Content content : contents) {
            prompts.addAll(content.prompts());
            providers.addAll(content.providers());
            own.addAll(content.tests().own());
            scenarios.addAll(content.tests().scenarios());
            derived.addAll(content.derived());
        }
        Suite.Templates templates = templates(contents);
        SuiteOptions all = options.over(config.path("commandLineOptions"), SuiteOptions.COMMAND_LINE)
                .over(config.path("evaluateOptions"), SuiteOptions.EVALUATE);
        SuiteFilters filter = new SuiteFilters(all);
        List<TestCase> declared = own.stream().map(defaults::with).toList();
        List<TestCase> expanded = TestDefaults.expanded(scenarios, defaults).stream()
                .map(defaults::with)
                .toList();
        List<TestCase> tests = filter.tests(declared, expanded);
        Secrets secrets = secrets(process, templates.environment(), providers, declared, expanded);
        mistakes.hide(secrets);
        Suite suite = new Suite(
                List.copyOf(prompts),
                filter.providers(List.copyOf(providers)),
                tests,
                new Suite.Grading(judge, derived, mistakes.isLenient()),
                all,
                templates,
                source(config, sources.get(0).directory(), contents),
                secrets,
                new LinkedHashSet<>());
        if (declared.isEmpty() && expanded.isEmpty()) {
            mistakes.suspicion(sources.get(0).display(), "there are no tests.");
        } else if (tests.isEmpty()) {
            mistakes.error(sources.get(0).display(), "the filters exclude every test.");
        }
        check(suite, contents.get(0).tests().reader());
        suite.warnings().addAll(mistakes.warnings());
        return suite;
    }

    private static Suite.Templates templates(List<ConfigFile.Content> contents) {
        ObjectNode filters = JSON.objectNode();
        ObjectNode environment = JSON.objectNode();
        Suite.Visible readable = new Suite.Visible(new TreeSet<>(), new TreeSet<>());
        for (ConfigFile.Content content : contents) {
            filters.setAll(content.templates().filters());
            environment.setAll(content.templates().environment());
            readable.templates().addAll(content.templates().readable().templates());
            readable.providers().addAll(content.templates().readable().providers());
        }
        return new Suite.Templates(filters, environment, readable);
    }

    private static Suite.Source source(ObjectNode config, Path directory, List<ConfigFile.Content> contents) {
        Set<Path> files = new TreeSet<>();
        Map<String, String> variables = new TreeMap<>();
        for (ConfigFile.Content content : contents) {
            files.addAll(content.source().files());
            variables.putAll(content.source().variables());
        }
        return new Suite.Source(config, directory, files, variables);
    }

    private void check(Suite suite, TestReader reader) {
        for (TestCase test : suite.tests()) {
            if (test.json().path("assert").isEmpty()) {
                mistakes.suspicion(test.place(), "this test has no assertion, so any answer would pass. Add assert.");
            }
        }
        suite.tests().forEach(test -> {
            reader.checkGrading(test, judge);
            reader.checkCounting(test);
        });
        count(suite);
        new UndefinedVariables(suite, mistakes, reader).check();
        mistakes.throwIfAny();
    }

    /** Rejects suites with more rows than any evaluation has, before they fill the memory. */
    private void count(Suite suite) {
        int columns = SuiteRun.columns(suite).size();
        SuiteFiles files = new SuiteFiles(suite.source().directory());
        double rows = 0;
        for (TestCase test : suite.tests()) {
            double own = Expansion.count(test.vars(), test.isOn("disableVarExpansion"), files)
                    * SuiteRun.repeat(suite, test)
                    * columns;
            rows += own;
            if (rows > SuiteRun.MOST_ROWS) {
                mistakes.error(
                        test.place(),
                        String.format(
                                Locale.ROOT,
                                "with this test, which runs %,.0f times because of its lists, its repetitions,"
                                        + " providers and prompts, the suite exceeds the limit of %,d rows. Shorten"
                                        + " the lists, or split the suite.",
                                own,
                                SuiteRun.MOST_ROWS));
                return;
            }
        }
    }

    private Secrets secrets(
            Map<String, String> process,
            ObjectNode environment,
            Set<ProviderSpec> providers,
            List<TestCase> declared,
            List<TestCase> expanded) {
        Map<String, String> variables = new TreeMap<>(process);
        environment
                .properties()
                .forEach(each -> variables.put(each.getKey(), each.getValue().asText()));
        List<JsonNode> configurations = new ArrayList<>(List.of(judge));
        providers.forEach(each -> configurations.add(each.config()));
        for (TestCase test : Stream.concat(declared.stream(), expanded.stream()).toList()) {
            configurations.add(test.vars());
            configurations.add(test.json().path("options").path("provider"));
            test.json().path("assert").forEach(each -> {
                configurations.add(each.path("provider"));
                each.path("assert").forEach(child -> configurations.add(child.path("provider")));
            });
        }
        return Secrets.of(variables, configurations);
    }

    /** The configuration for the results: merged lists, and of other settings the last. */
    private static ObjectNode config(List<ConfigFile.Content> contents) {
        ObjectNode config = contents.get(0).source().config();
        for (ConfigFile.Content content : contents.subList(1, contents.size())) {
            config = config.deepCopy();
            for (Map.Entry<String, JsonNode> entry : content.source().config().properties()) {
                String key = entry.getKey();
                JsonNode before = config.path(key);
                JsonNode value = entry.getValue();
                if (before.isArray() && value.isArray()) {
                    ((ArrayNode) before).addAll((ArrayNode) value);
                } else if (before.isObject() && value.isObject()) {
                    ((ObjectNode) before).setAll((ObjectNode) value);
                } else if (key.equals("description") && before.isTextual()) {
                    config.put(key, before.textValue() + ", " + value.asText());
                } else {
                    config.set(key, value);
                }
            }
        }
        return config;
    }
}
