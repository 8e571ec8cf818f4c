package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tests from a table: a column is a variable, unless its name begins with two underscores. */
final class CsvTests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** A number as promptfoo reads it from a cell. */
    static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private static final Pattern CONFIG = Pattern.compile("__config:__expected(0*[1-9][0-9]{0,5})?:(.+)");
    private static final List<String> SPECIAL = List.of(
            "__expected",
            "__prefix",
            "__suffix",
            "__description",
            "__providerOutput",
            "__metric",
            "__threshold",
            "__metadata:",
            "__config:");

    private final String file;
    private final Mistakes mistakes;
    private final Map<String, String> environment;

    CsvTests(String file, Mistakes mistakes, Map<String, String> environment) {
        this.file = file;
        this.mistakes = mistakes;
        this.environment = environment;
    }

    /** The rows, each with its place. */
    List<TestCase> read(String text) {
        Table table;
        try {
            table = Table.read(text, environment, false);
        } catch (Table.Malformed e) {
            throw new InvalidInputException(file + ":" + e.line() + ": not valid CSV: " + e.getMessage() + ".", e);
        }
        if (table.relaxed() > 0) {
            mistakes.warning(
                    file + ":" + table.relaxed(),
                    "a quote inside an unquoted field is kept; " + Table.STRICT + "=true makes it an error.");
        }
        List<TestCase> tests = new ArrayList<>();
        List<String> header = List.of();
        for (Table.Row row : table.rows()) {
            String place = file + ":" + row.line();
            if (header.isEmpty()) {
                header = row.fields();
                header(place, header);
            } else if (row.isEmpty() && header.size() > 1) {
                mistakes.error(place, "the line is empty. Remove it.");
            } else if (row.fields().size() != header.size()) {
                mistakes.error(
                        place,
                        "the row has " + row.fields().size() + " fields, but the header has " + header.size() + ".");
            } else {
                tests.add(new TestCase(test(header, row.fields(), place, tests.size() + 1), place));
            }
        }
        return tests;
    }

    private void header(String place, List<String> header) {
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            checkName(place, name.strip());
            if (!seen.add(name)) {
                mistakes.suspicion(
                        place, "duplicate column " + name + "; only the last one counts. Rename one of them.");
            }
        }
    }

    private void checkName(String place, String name) {
        boolean known = SPECIAL.stream().anyMatch(name::startsWith);
        if (name.startsWith("__") && !known) {
            mistakes.suspicion(place, "unknown column " + name + "." + Suggestion.didYouMean(name, SPECIAL));
        } else if (name.startsWith("_")
                && !known
                && SPECIAL.stream().anyMatch(special -> name.startsWith(special.substring(1)))) {
            mistakes.suspicion(
                    place, "the column " + name + " begins with one underscore. Did you mean '_" + name + "'?");
        }
    }

    private ObjectNode test(List<String> header, List<String> row, String place, int number) {
        ObjectNode test = JSON.objectNode();
        ObjectNode vars = test.putObject("vars");
        ArrayNode assertions = test.putArray("assert");
        ObjectNode options = test.putObject("options");
        ObjectNode metadata = JSON.objectNode();
        String metric = null;
        test.put("description", "Row #" + number);
        for (int i = 0; i < header.size(); i++) {
            String value = row.get(header.lastIndexOf(header.get(i)));
            if (header.indexOf(header.get(i)) < i) {
                continue;
            }
            String name = header.get(i).strip();
            if (name.startsWith("__expected")) {
                if (!value.isBlank()) {
                    assertions.add(ExpectedColumn.parse(value.strip()));
                }
            } else if (name.equals("__prefix") || name.equals("__suffix")) {
                options.put(name.substring(2), value);
            } else if (name.equals("__description")) {
                if (!value.isEmpty()) {
                    test.put("description", value);
                }
            } else if (name.equals("__providerOutput")) {
                test.put("providerOutput", value);
            } else if (name.equals("__metric")) {
                metric = value;
            } else if (name.equals("__threshold")) {
                number(place, name, value, test, "threshold");
            } else if (name.startsWith("__metadata:")) {
                metadata(metadata, name.substring("__metadata:".length()), value);
            } else if (!name.startsWith("__config:")) {
                vars.put(name, value);
            }
        }
        if (metric != null) {
            for (int i = 0; i < assertions.size(); i++) {
                ((ObjectNode) assertions.get(i)).put("metric", metric);
            }
        }
        configure(header, row, place, assertions, metadata);
        if (!metadata.isEmpty()) {
            test.set("metadata", metadata);
        }
        return test;
    }

    private static void metadata(ObjectNode metadata, String key, String value) {
        if (value.isBlank()) {
            return;
        }
        if (!key.endsWith("[]")) {
            metadata.put(key, value);
            return;
        }
        ArrayNode list = metadata.putArray(key.substring(0, key.length() - 2));
        for (String item : value.split("(?<!\\\\),", -1)) {
            list.add(item.strip().replace("\\,", ","));
        }
    }

    private void configure(
            List<String> header, List<String> row, String place, ArrayNode assertions, ObjectNode metadata) {
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i).strip();
            Matcher matcher = CONFIG.matcher(column);
            if (!column.startsWith("__config:")) {
                continue;
            }
            if (!matcher.matches() || !matcher.group(2).equals("threshold")) {
                mistakes.error(
                        place,
                        "the column " + column + " is not __config:__expected:threshold, or one with a number from 1"
                                + " after __expected.");
                continue;
            }
            if (row.get(i).isBlank()) {
                mistakes.error(place, "the column " + column + " is empty, but must be a number.");
            }
            int index = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)) - 1;
            if (index < assertions.size()) {
                ObjectNode assertion = (ObjectNode) assertions.get(index);
                number(place, column, row.get(i), assertion, "threshold");
                metadata.set("threshold", assertion.path("threshold"));
            }
        }
    }

    private void number(String place, String column, String value, ObjectNode target, String key) {
        if (value.isBlank()) {
            return;
        }
        double number = NUMBER.matcher(value.strip()).matches() ? Double.parseDouble(value.strip()) : Double.NaN;
        if (Double.isFinite(number)) {
            target.put(key, number);
        } else {
            mistakes.error(place, "the column " + column + " has the value '" + value + "', but must be a number.");
        }
    }
}
