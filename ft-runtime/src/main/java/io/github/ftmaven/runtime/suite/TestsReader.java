package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the tests of a configuration, their defaults and its scenarios. */
final class TestsReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final YamlTree configuration;
    private final SuiteFiles files;
    private final Mistakes mistakes;
    private final TestReader reader;

    TestsReader(YamlTree configuration, SuiteFiles files, Mistakes mistakes, TestReader reader) {
        this.configuration = configuration;
        this.files = files;
        this.mistakes = mistakes;
        this.reader = reader;
    }

    /**
     * What a configuration declares.
     *
     * @param own its own tests, without those of scenarios
     * @param reader knows the places of the assertions
     */
    record Tests(ObjectNode defaults, List<TestCase> own, List<TestDefaults.Scenario> scenarios, TestReader reader) {}

    Tests read(ObjectNode config) {
        return new Tests(
                defaults(configuration, config),
                reader.read(configuration, config, "tests"),
                scenarios(configuration, config),
                reader);
    }

    private ObjectNode defaults(YamlTree tree, ObjectNode config) {
        JsonNode declared = config.path("defaultTest");
        String place = tree.place(config, "defaultTest");
        YamlTree source = tree;
        if (declared.isTextual()) {
            List<Path> found = files.find(declared.textValue());
            if (found.isEmpty()) {
                mistakes.error(place, "the default test " + SuiteFiles.path(declared.textValue()) + " does not exist.");
                return JSON.objectNode();
            }
            source = files.tree(found.get(0));
            declared = source.root();
        }
        if (declared.isMissingNode() || declared.isNull()) {
            return JSON.objectNode();
        }
        if (!declared.isObject()) {
            if (source != tree) {
                mistakes.error(source.file(), "a default test must be a mapping.");
            }
            return JSON.objectNode();
        }
        reader.check(source, (ObjectNode) declared, place);
        return (ObjectNode) declared;
    }

    private List<TestDefaults.Scenario> scenarios(YamlTree tree, ObjectNode config) {
        List<TestDefaults.Scenario> all = new ArrayList<>();
        JsonNode declared = config.path("scenarios");
        if (declared.isTextual()) {
            scenarioFiles(declared.textValue(), tree.place(config, "scenarios"), all);
        } else {
            scenarios(tree, declared, all);
        }
        return all;
    }

    private void scenarios(YamlTree tree, JsonNode scenarios, List<TestDefaults.Scenario> all) {
        for (int s = 0; s < scenarios.size() && scenarios.isArray(); s++) {
            JsonNode scenario = scenarios.get(s);
            String place = tree.place(scenarios, s);
            if (scenario.isTextual()) {
                scenarioFiles(scenario.textValue(), place, all);
            } else if (scenario.isObject()) {
                scenario(tree, scenario, place, all);
            } else if (!tree.file().equals(configuration.file())) {
                mistakes.error(place, "a scenario must be a mapping with config and tests.");
            }
        }
    }

    private void scenarioFiles(String reference, String place, List<TestDefaults.Scenario> all) {
        List<Path> found = files.find(reference);
        if (found.isEmpty()) {
            mistakes.error(place, "the scenarios " + SuiteFiles.path(reference) + " do not exist.");
        }
        for (Path file : found) {
            YamlTree other = files.tree(file);
            JsonNode root = other.root();
            scenarios(other, root.isArray() ? root : JSON.arrayNode().add(root), all);
        }
    }

    private void scenario(YamlTree tree, JsonNode scenario, String place, List<TestDefaults.Scenario> all) {
        scenario.fieldNames().forEachRemaining(key -> {
            if (!Forms.SCENARIO.keys().containsKey(key)) {
                mistakes.suspicion(
                        tree.place(scenario, key),
                        "unknown key '" + key + "' in a scenario."
                                + Suggestion.didYouMean(
                                        key, Forms.SCENARIO.keys().keySet()));
            }
        });
        if (!tree.file().equals(configuration.file())) {
            new FormCheck(tree, place, mistakes).section(scenario, Forms.SCENARIO);
        }
        if (!scenario.has("config")) {
            mistakes.error(place, "a scenario needs config, a list of values for its tests.");
        }
        List<TestCase> tests = reader.read(tree, scenario, "tests");
        if (tests.isEmpty()) {
            mistakes.suspicion(place, "this scenario has no tests, so it does nothing. Add tests.");
        }
        all.add(new TestDefaults.Scenario(reader.read(tree, scenario, "config"), tests));
    }
}
