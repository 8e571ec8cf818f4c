package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Assertion;
import io.github.ftmaven.runtime.assertion.AssertionMistakes;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Checks;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.ScriptException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads tests, from the configuration and from files. */
final class TestReader {
    static final Set<String> KEYS = Set.of(
            "description",
            "vars",
            "provider",
            "providers",
            "prompts",
            "providerOutput",
            "assert",
            "assertScoringFunction",
            "threshold",
            "metadata",
            "options");

    private static final Set<String> ASSERTION_KEYS = Set.of(
            "type",
            "value",
            "threshold",
            "weight",
            "metric",
            "transform",
            "contextTransform",
            "provider",
            "rubricPrompt",
            "config",
            "assert");

    private static final JsonMapper JSON = Json.lenient();

    private static final Pattern SHEET = Pattern.compile("(?i).*\\.(xlsx?|ods|parquet)(#.*)?");
    private static final String NOT_READ =
            "tests cannot be read from %s. Supported are CSV, JSON, JSONL, YAML and JavaScript functions.";
    private static final Pattern STATEMENT = Pattern.compile("\\{[{%][^{}]*\\benv\\b[^{}]*[%}]}");
    private static final Pattern SCRIPT = Pattern.compile("(.*\\.(?:js|cjs|mjs))(?::(\\w+))?");

    private final SuiteFiles files;
    private final Set<Path> open = new HashSet<>();
    private final Mistakes mistakes;
    private final Map<String, String> environment;
    private final JavaScript scripts;

    /** The places of assertions, by identity: defaults and scenarios add the same ones to many tests. */
    private final IdentityHashMap<JsonNode, String> places;

    TestReader(
            SuiteFiles files,
            Mistakes mistakes,
            Map<String, String> environment,
            JavaScript scripts,
            IdentityHashMap<JsonNode, String> places) {
        this.environment = environment;
        this.files = files;
        this.mistakes = mistakes;
        this.scripts = scripts;
        this.places = places;
    }

    /** The tests at a key. */
    List<TestCase> read(YamlTree tree, JsonNode container, String key) {
        JsonNode declared = container.path(key);
        List<TestCase> tests = new ArrayList<>();
        if (declared.isTextual()) {
            file(declared.textValue(), tree.place(container, key), true, tests);
        } else if (declared.isArray()) {
            for (int i = 0; i < declared.size(); i++) {
                item(tree, declared.get(i), tree.place(declared, i), tests);
            }
        } else if (declared.path("path").isTextual()) {
            reference(declared, tree.place(container, key), tests);
        } else if (!declared.isMissingNode() && !declared.isNull()) {
            mistakes.error(
                    tree.place(container, key),
                    key + " must be a list of tests, or the path of a file, not " + FormCheck.shown(declared)
                            + (declared.isObject() ? ". Did you forget a dash before it?" : "."));
        }
        return tests;
    }

    private void item(YamlTree tree, JsonNode item, String place, List<TestCase> tests) {
        if (item.isTextual()) {
            file(item.textValue(), place, false, tests);
        } else if (item.path("path").isTextual() && !item.has("vars") && !item.has("assert")) {
            reference(item, place, tests);
        } else if (item.isObject()) {
            ObjectNode test = (ObjectNode) item;
            check(tree, test, place);
            tests.add(new TestCase(withVarsOfFiles(test, place), place));
        } else {
            mistakes.error(
                    place,
                    "a test must be a mapping with vars and assert, or the path of a file, not " + FormCheck.shown(item)
                            + ".");
        }
    }

    /** A mapping of a path and, for a script, the argument of its function. */
    private void reference(JsonNode item, String place, List<TestCase> tests) {
        Matcher script = SCRIPT.matcher(item.path("path").textValue());
        if (script.matches()) {
            made(script, item.path("config"), place, tests);
        } else {
            file(item.path("path").textValue(), place, true, tests);
        }
    }

    /** The tests that a script's function returns. */
    private void made(Matcher script, JsonNode config, String place, List<TestCase> tests) {
        String name = SuiteFiles.path(script.group(1));
        ObjectNode argument = JSON.createObjectNode().put("name", Objects.requireNonNullElse(script.group(2), ""));
        argument.putArray("values").add(files.resolved(config));
        JsonNode result;
        try {
            argument.put("source", files.source(name));
            result = scripts.call("file", argument);
        } catch (CheckException | ScriptException e) {
            mistakes.error(place, "the function in " + name + " failed: " + e.getMessage() + ".");
            return;
        }
        if (!result.isArray()) {
            mistakes.error(place, name + " must return a list of tests.");
        }
        for (JsonNode test : result) {
            requireNear(test, place);
            if (test.isObject()) {
                check(null, (ObjectNode) test, place);
                tests.add(new TestCase(withVarsOfFiles((ObjectNode) test, place), place));
            } else {
                mistakes.error(place, name + " returned something that is not a test: " + test);
            }
        }
    }

    /** Reads variables from files. */
    private ObjectNode withVarsOfFiles(ObjectNode test, String place) {
        JsonNode vars = test.path("vars");
        if (!Forms.isPaths(vars)) {
            return test;
        }
        List<String> references = new ArrayList<>();
        if (vars.isTextual()) {
            references.add(vars.textValue());
        } else {
            vars.forEach(each -> references.add(each.asText()));
        }
        ObjectNode all = JSON.createObjectNode();
        for (String reference : references) {
            List<Path> found = files.find(reference);
            if (found.isEmpty()) {
                mistakes.error(place, "the variables file " + SuiteFiles.path(reference) + " does not exist.");
            }
            for (Path file : found) {
                JsonNode content = files.tree(file).root();
                if (content.isObject()) {
                    all.setAll((ObjectNode) content);
                }
            }
        }
        ObjectNode copy = test.deepCopy();
        copy.set("vars", all);
        return copy;
    }

    private void file(String reference, String place, boolean alone, List<TestCase> tests) {
        String path = SuiteFiles.path(reference);
        if (reference.startsWith("huggingface://") || reference.startsWith("http")) {
            mistakes.error(place, reference + ": tests are read from local files only. Download it.");
            return;
        }
        Matcher script = SCRIPT.matcher(reference);
        if (script.matches()) {
            made(script, JSON.missingNode(), place, tests);
            return;
        }
        List<Path> found = files.find(reference);
        if (found.isEmpty()) {
            boolean other =
                    SuiteFiles.isProgram(reference) || SHEET.matcher(reference).matches();
            mistakes.error(
                    place, other ? String.format(Locale.ROOT, NOT_READ, path) : "the tests " + path + " do not exist.");
        }
        for (Path file : found) {
            try {
                file(file, place, alone, tests);
            } catch (InvalidInputException e) {
                mistakes.error(place, String.valueOf(e.getMessage()));
            }
        }
    }

    private void file(Path file, String place, boolean alone, List<TestCase> tests) {
        if (!open.add(file)) {
            mistakes.error(place, files.show(file) + " includes itself. Name other files here.");
            return;
        }
        content(file, place, alone, tests);
        open.remove(file);
    }

    private void content(Path file, String place, boolean alone, List<TestCase> tests) {
        String name = files.show(file);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        switch (extension) {
            case "csv" -> {
                List<TestCase> rows = new CsvTests(name, mistakes, environment).read(files.text(file));
                rows.forEach(row -> requireNear(row.json(), row.place()));
                tests.addAll(rows);
            }
            case "jsonl" -> lines(name, files.text(file), alone, tests);
            case "json", "yaml", "yml" -> {
                YamlTree tree = files.tree(file);
                JsonNode root = tree.root().isObject() && tree.root().has("tests")
                        ? tree.root().get("tests")
                        : tree.root();
                if (extension.equals("json")) {
                    requireNear(root, name);
                }
                if (root.isArray()) {
                    int first = tests.size();
                    for (int i = 0; i < root.size(); i++) {
                        item(tree, root.get(i), tree.place(root, i), tests);
                    }
                    if (alone && extension.equals("json")) {
                        describe(tests.subList(first, tests.size()));
                    }
                } else if (root.isObject()) {
                    item(tree, root, tree.file(), tests);
                } else {
                    mistakes.error(name, "the file has no tests.");
                }
            }
            default -> mistakes.error(place, String.format(Locale.ROOT, NOT_READ, name));
        }
    }

    private void requireNear(JsonNode data, String place) {
        String refusal = files.refusal(data);
        if (refusal != null) {
            mistakes.error(place, refusal);
        }
    }

    private void lines(String name, String text, boolean alone, List<TestCase> tests) {
        int number = 0;
        int first = tests.size();
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode json = JSON.readTree(line);
                if (json.isObject()) {
                    String place = name + ":" + number;
                    requireNear(json, place);
                    check(null, (ObjectNode) json, place);
                    tests.add(new TestCase(withVarsOfFiles((ObjectNode) json, place), place));
                } else {
                    mistakes.error(name + ":" + number, "each line must be one JSON object.");
                }
            } catch (JsonProcessingException e) {
                mistakes.error(
                        name + ":" + number,
                        "not valid JSON: " + JsonProblem.of(e).text() + ".");
            }
        }
        if (alone) {
            describe(tests.subList(first, tests.size()));
        }
    }

    private static void describe(List<TestCase> tests) {
        int number = 0;
        for (TestCase test : tests) {
            number++;
            if (!test.json().has("description")) {
                test.json().put("description", "Row #" + number);
            }
        }
    }

    /** Checks a test's keys and assertions. */
    void check(@Nullable YamlTree tree, ObjectNode test, String place) {
        if (new FormCheck(tree, place, mistakes).reference(test, place)) {
            return;
        }
        test.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                mistakes.suspicion(
                        tree == null ? place : tree.place(test, key),
                        "unknown key '" + key + "' in a test." + Suggestion.didYouMean(key, KEYS));
            }
        });
        new FormCheck(tree, place, mistakes).section(test, Forms.TEST);
        String scoring = test.path("assertScoringFunction").asText("file://.js");
        if (!scoring.matches("file://.*\\.(js|cjs|mjs)(:\\w+)?")) {
            mistakes.error(
                    tree == null ? place : tree.place(test, "assertScoringFunction"),
                    "assertScoringFunction must be a file:// JavaScript file; " + scoring + " is not supported.");
        }
        String modules = modules(test);
        if (modules != null) {
            mistakes.error(
                    place, modules + " is a Node.js module, which is not available here. Put the code into a file.");
        }
        JsonNode options = test.path("options");
        JudgeReader.check(options.path("provider"), tree == null ? place : tree.place(options, "provider"), mistakes);
        JsonNode assertions = test.path("assert");
        if (assertions.isArray()) {
            assertions(tree, assertions, place, true);
        }
    }

    /** The first text at any depth that names a Node.js package; null if there is none. */
    private static @Nullable String modules(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().startsWith("package:") ? node.textValue() : null;
        }
        for (JsonNode child : node) {
            String found = modules(child);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void assertions(@Nullable YamlTree tree, JsonNode list, String place, boolean setsAllowed) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode each = list.get(i);
            String where = tree == null ? place : tree.place(list, i);
            if (!isAssertion(each, where)) {
                continue;
            }
            new FormCheck(tree, where, mistakes).section(each, Forms.ASSERTION);
            if (!each.path("type").isTextual()) {
                continue;
            }
            each.fieldNames().forEachRemaining(key -> {
                if (!ASSERTION_KEYS.contains(key)) {
                    mistakes.suspicion(
                            tree == null ? place : tree.place(each, key),
                            "unknown key '" + key + "' in an assertion." + Suggestion.didYouMean(key, ASSERTION_KEYS));
                }
            });
            Assertion assertion = new Assertion((ObjectNode) each);
            places.put(each, tree == null ? place : tree.place(each, "type"));
            file(each.path("rubricPrompt"), where);
            JudgeReader.check(each.path("provider"), tree == null ? place : tree.place(each, "provider"), mistakes);
            for (AssertionMistakes.Problem problem : AssertionMistakes.problems(assertion)) {
                mistakes.suspicion(tree == null ? place : tree.place(each, problem.key()), problem.text());
            }
            if (assertion.type().equals(Assertion.SET)) {
                if (!setsAllowed || !each.has("assert")) {
                    mistakes.error(where, "an assert-set must be a list of assertions, without further sets.");
                } else if (each.path("assert").isArray()) {
                    assertions(tree, each.path("assert"), where, false);
                }
            } else {
                type(assertion, tree == null ? place : tree.place(each, "type"));
            }
            if (STATEMENT.matcher(each.path("value").asText()).find()) {
                mistakes.suspicion(
                        tree == null ? place : tree.place(each, "value"),
                        "the value of an assertion uses env, which renders as nothing there: the variable is not set, or"
                                + " occurs in a statement. Write {{env.NAME}}.");
            }
            if (RowComparison.compares(assertion) && !setsAllowed) {
                mistakes.error(where, assertion.type() + " compares whole answers. Move it out of the assert-set.");
            }
        }
    }

    private boolean isAssertion(JsonNode each, String place) {
        String expected = "an assertion must be a mapping with a type, such as {type: contains, value: abc}";
        if (!each.isObject()) {
            boolean pair = each.isTextual() && each.textValue().matches("(?s)[\\w-]+: .*");
            mistakes.error(
                    place,
                    expected + ", not " + FormCheck.shown(each)
                            + (pair
                                    ? ". Remove the quotes, and write a type."
                                    : each.isArray() ? ". Is there a dash too many?" : "."));
            return false;
        }
        if (each.path("$ref").isTextual()) {
            new FormCheck(null, place, mistakes).reference(each, place);
            return false;
        }
        if (each.has("type")) {
            return true;
        }
        String only = each.size() == 1 ? each.fieldNames().next() : "";
        String base = only.startsWith("not-") ? only.substring("not-".length()) : only;
        boolean type = Checks.types().contains(base) || !Checks.needs(base).isEmpty();
        mistakes.error(
                place, expected + (type ? ". Write {type: " + only + ", value: …}." : "; this one has no type."));
        return false;
    }

    /** Reads the file of a prompt, or of several. */
    private void file(JsonNode prompt, String place) {
        if (!prompt.isTextual()) {
            prompt.forEach(each -> file(each, place));
        } else if (prompt.textValue().startsWith("file://")
                && files.find(prompt.textValue()).isEmpty()) {
            mistakes.error(place, "the rubricPrompt " + SuiteFiles.path(prompt.textValue()) + " does not exist.");
        }
    }

    /** Checks the judges of a complete test, which includes its defaults. */
    void checkGrading(TestCase test, JsonNode judge) {
        file(test.json().path("options").path("rubricPrompt"), test.place());
        boolean scored = test.assertions().stream().anyMatch(assertion -> !RowComparison.compares(assertion));
        for (Assertion assertion : test.assertions()) {
            String place = places.getOrDefault(assertion.json(), test.place());
            if (assertion.type().equals("max-score") && !scored) {
                mistakes.error(place, "max-score compares what other assertions score, and this test has none.");
            }
            JudgeReader.check(assertion, test, judge, place, mistakes);
            for (Assertion child : assertion.children()) {
                String own = places.getOrDefault(child.json(), test.place());
                JudgeReader.check(child, test, judge, own, mistakes);
            }
        }
    }

    /** Checks that an answer can fail a complete test, which includes its defaults. */
    void checkCounting(TestCase test) {
        JsonNode json = test.json();
        if (json.path("assertScoringFunction").isTextual()) {
            return;
        }
        AssertionMistakes.thresholdProblem(json.path("threshold"))
                .ifPresent(text -> mistakes.suspicion(test.place(), text));
        if (AssertionMistakes.countNothing(test.assertions())) {
            mistakes.suspicion(
                    place(test.assertions().get(0), test),
                    "every assertion of this test has weight 0, so any answer passes."
                            + " Give one a weight, or add one that counts.");
        }
    }

    /** The place of an assertion's declaration. */
    String place(Assertion assertion, TestCase test) {
        return places.getOrDefault(assertion.json(), test.place());
    }

    private void type(Assertion assertion, String place) {
        if (Checks.types().contains(assertion.type())) {
            return;
        }
        String needs = Checks.needs(assertion.baseType());
        if (needs.isEmpty()) {
            mistakes.suspicion(
                    place,
                    "unknown assertion type '" + assertion.type() + "'."
                            + Suggestion.didYouMean(assertion.type(), Checks.types()));
        } else {
            mistakes.error(
                    place, "the assertion " + assertion.type() + " needs " + needs + ", which is not available here.");
        }
    }
}
