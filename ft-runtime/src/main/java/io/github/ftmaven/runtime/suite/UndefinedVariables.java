package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.assertion.Assertion;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds variables that a prompt or an assertion's value uses but a test does not set, for which promptfoo renders
 * nothing. Also finds code that contains variables with models' answers. It reports only certain mistakes: it skips
 * templates with statements, and expressions other than a name with filters.
 */
final class UndefinedVariables {
    private static final Pattern PRINTED = Pattern.compile("\\{\\{-?\\s*([A-Za-z_]\\w*)\\s*(?:\\|([^{}]*))?-?}}");
    private static final Pattern INSERTED = Pattern.compile("\\{[{%]([^{}]*)[%}]}");
    private static final Set<String> GIVEN =
            Set.of("env", "_conversation", "__evalId", "__evalStepId", "__repeatIndex");

    private final Suite suite;
    private final Mistakes mistakes;
    private final TestReader reader;
    private final Set<String> stored = new HashSet<>(GIVEN);
    private final Set<String> said = new HashSet<>(Set.of(Memory.CONVERSATION));

    UndefinedVariables(Suite suite, Mistakes mistakes, TestReader reader) {
        this.suite = suite;
        this.reader = reader;
        this.mistakes = mistakes;
        for (TestCase test : suite.tests()) {
            String name = test.option("storeOutputAs");
            if (name != null) {
                stored.add(name);
                said.add(name);
            }
        }
    }

    void check() {
        List<Column> columns = SuiteRun.columns(suite);
        for (TestCase test : suite.tests()) {
            test.assertions().forEach(each -> code(test, each));
            if (test.option("transformVars") != null) {
                continue;
            }
            Set<String> names = new HashSet<>(stored);
            test.vars().fieldNames().forEachRemaining(names::add);
            Set<Prompt> seen = new LinkedHashSet<>();
            for (Column column : columns) {
                if (SuiteRun.isAsked(test, column) && seen.add(column.prompt())) {
                    check(test, column.prompt(), names);
                }
            }
            test.assertions().forEach(assertion -> check(test, assertion, names));
        }
    }

    /** A script would run an answer in its text instead of comparing it. */
    private void code(TestCase test, Assertion assertion) {
        assertion.children().forEach(each -> code(test, each));
        Matcher inserted = INSERTED.matcher(assertion.value().asText());
        while (assertion.baseType().equals("javascript") && inserted.find()) {
            for (String name : said) {
                if (inserted.group(1).matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*")) {
                    mistakes.suspicion(
                            test.place(),
                            "the javascript assertion inserts a model's answer into its code: {{" + inserted.group(1)
                                    + "}}. Use context.vars." + name + " instead.");
                }
            }
        }
    }

    private void check(TestCase test, Prompt prompt, Set<String> names) {
        if (prompt.script() == null) {
            report(
                    test,
                    test.place(),
                    "the prompt '" + shortened(prompt.label()) + "' uses",
                    missing(prompt.raw(), names));
        }
    }

    private void check(TestCase test, Assertion assertion, Set<String> names) {
        assertion.children().forEach(child -> check(test, child, names));
        List<JsonNode> values = new ArrayList<>();
        if (assertion.value().isArray()) {
            assertion.value().forEach(values::add);
        } else {
            values.add(assertion.value());
        }
        for (JsonNode value : values) {
            if (value.isTextual() && !value.textValue().startsWith("file://")) {
                String what = "the value of " + assertion.type() + " uses";
                report(test, reader.place(assertion, test), what, missing(value.textValue(), names));
            }
        }
    }

    /** The variables that a template certainly uses and that have no value. */
    private static Set<String> missing(String raw, Set<String> names) {
        if (raw.contains("{%")) {
            return Set.of();
        }
        Matcher printed = PRINTED.matcher(raw);
        Set<String> missing = new LinkedHashSet<>();
        while (printed.find()) {
            String filters = printed.group(2);
            boolean optional = filters != null && (filters.contains("default") || filters.contains("d("));
            if (!optional && !names.contains(printed.group(1))) {
                missing.add(printed.group(1));
            }
        }
        return missing;
    }

    private void report(TestCase test, String place, String what, Set<String> missing) {
        for (String name : missing) {
            Set<String> own = new LinkedHashSet<>();
            JsonNode vars = test.vars();
            vars.fieldNames().forEachRemaining(own::add);
            mistakes.suspicion(
                    place,
                    what + " the variable " + name + ", which this test does not set."
                            + Suggestion.didYouMean(name, own));
        }
    }

    private static String shortened(String label) {
        String line = label.lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
