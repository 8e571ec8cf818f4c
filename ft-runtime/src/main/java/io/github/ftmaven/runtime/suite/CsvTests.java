package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Tests in a table: a column is a variable, unless its name begins with two underscores. */
final class CsvTests {
    private static final JsonMapper JSON = new JsonMapper();
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setIgnoreEmptyLines(false)
            .setTrim(false)
            .get();
    /** A number as promptfoo reads one in a cell. */
    static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private static final Pattern CONFIG = Pattern.compile("__config:__expected([0-9]*):(.+)");
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

    CsvTests(String file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** The rows, each with its place. */
    List<TestCase> read(String text) {
        List<TestCase> tests = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            List<String> header = List.of();
            long line = 1;
            for (CSVRecord row : parser) {
                String place = file + ":" + line;
                line = parser.getCurrentLineNumber() + 1;
                if (row.size() == 1 && row.get(0).isBlank()) {
                    continue;
                }
                if (header.isEmpty()) {
                    header = row.stream().map(String::strip).toList();
                    header.forEach(name -> checkName(place, name));
                } else if (row.size() != header.size()) {
                    mistakes.error(place, "has " + row.size() + " fields where the header has " + header.size() + ".");
                } else {
                    tests.add(new TestCase(test(header, row, place, tests.size() + 1), place));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new InvalidInputException(
                    file + ": not valid CSV. A field that holds a quote, a comma or a line end stands in quotes.", e);
        }
        return tests;
    }

    private void checkName(String place, String name) {
        boolean known = SPECIAL.stream().anyMatch(name::startsWith);
        if (name.startsWith("__") && !known) {
            mistakes.suspicion(place, "the column " + name + " is not known." + Suggestion.didYouMean(name, SPECIAL));
        } else if (name.startsWith("_")
                && !known
                && SPECIAL.stream().anyMatch(special -> name.startsWith(special.substring(1)))) {
            mistakes.suspicion(
                    place, "the column " + name + " begins with one underscore. Did you mean '_" + name + "'?");
        }
    }

    private ObjectNode test(List<String> header, CSVRecord row, String place, int number) {
        ObjectNode test = JSON.createObjectNode();
        ObjectNode vars = test.putObject("vars");
        ArrayNode assertions = test.putArray("assert");
        ObjectNode options = test.putObject("options");
        ObjectNode metadata = JSON.createObjectNode();
        String metric = null;
        test.put("description", "Row #" + number);
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            String value = row.get(i);
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
            List<String> header, CSVRecord row, String place, ArrayNode assertions, ObjectNode metadata) {
        for (int i = 0; i < header.size(); i++) {
            Matcher matcher = CONFIG.matcher(header.get(i));
            if (!header.get(i).startsWith("__config:")) {
                continue;
            }
            if (!matcher.matches() || !matcher.group(2).equals("threshold")) {
                mistakes.error(place, "the column " + header.get(i) + " is not __config:__expected<number>:threshold.");
                continue;
            }
            int index = matcher.group(1).isEmpty() ? 0 : Integer.parseInt(matcher.group(1)) - 1;
            if (index < assertions.size()) {
                ObjectNode assertion = (ObjectNode) assertions.get(Math.max(0, index));
                number(place, header.get(i), row.get(i), assertion, "threshold");
                metadata.set("threshold", assertion.path("threshold"));
            }
        }
    }

    private void number(String place, String column, String value, ObjectNode target, String key) {
        if (value.isBlank()) {
            return;
        }
        try {
            target.put(key, Double.parseDouble(value.strip()));
        } catch (NumberFormatException e) {
            mistakes.error(place, "the column " + column + " holds '" + value + "' where a number is wanted.");
        }
    }
}
