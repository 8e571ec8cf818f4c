package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Selects tests and providers by promptfoo's filters, in its order: metadata, pattern, range, count. */
final class SuiteFilters {
    private static final Pattern RANGE = Pattern.compile("\\s*(\\d*)\\s*:\\s*(\\d*)\\s*");

    private final JsonNode options;

    SuiteFilters(SuiteOptions options) {
        this.options = options.json();
    }

    /** The selected tests; a range also counts the tests of scenarios, which the other filters ignore. */
    List<TestCase> tests(List<TestCase> own, List<TestCase> ofScenarios) {
        List<TestCase> left = own.stream().filter(metadata()).filter(pattern()).toList();
        if (ofScenarios.isEmpty()) {
            return first(range(left));
        }
        return range(java.util.stream.Stream.concat(first(left).stream(), ofScenarios.stream())
                .toList());
    }

    /** The selected providers. */
    List<ProviderSpec> providers(List<ProviderSpec> all) {
        String wanted = options.path("filterProviders").asText("");
        if (wanted.isEmpty()) {
            return all;
        }
        Predicate<String> matches = regex("filterProviders", wanted).asPredicate();
        List<ProviderSpec> left = all.stream()
                .filter(each -> matches.test(each.id()) || matches.test(each.label()))
                .toList();
        if (left.isEmpty()) {
            throw new InvalidInputException("filterProviders is '" + wanted
                    + "', but no provider has this name. There are "
                    + String.join(", ", all.stream().map(ProviderSpec::label).toList()) + ".");
        }
        return left;
    }

    private Predicate<TestCase> metadata() {
        String wanted = options.path("filterMetadata").asText("");
        if (wanted.isEmpty()) {
            return test -> true;
        }
        int equals = wanted.indexOf('=');
        if (equals < 1 || equals == wanted.length() - 1) {
            throw new InvalidInputException("filterMetadata is '" + wanted + "', but must be key=value.");
        }
        String value = wanted.substring(equals + 1);
        return test -> {
            JsonNode own = test.json().path("metadata").path(wanted.substring(0, equals));
            boolean found = own.isValueNode() && own.asText().contains(value);
            for (JsonNode item : own) {
                found |= item.asText().contains(value);
            }
            return found;
        };
    }

    private Predicate<TestCase> pattern() {
        String wanted = options.path("filterPattern").asText("");
        if (wanted.isEmpty()) {
            return test -> true;
        }
        Predicate<String> matches = regex("filterPattern", wanted).asPredicate();
        return test -> test.json().path("description").isTextual()
                && matches.test(test.json().path("description").textValue());
    }

    private List<TestCase> first(List<TestCase> tests) {
        return options.has("filterFirstN")
                ? tests.subList(
                        0,
                        Math.max(
                                0,
                                Math.min(
                                        tests.size(),
                                        options.path("filterFirstN").asInt())))
                : tests;
    }

    private List<TestCase> range(List<TestCase> tests) {
        String wanted = options.path("filterRange").asText("");
        if (wanted.isEmpty()) {
            return tests;
        }
        Matcher range = RANGE.matcher(wanted);
        try {
            if (range.matches() && !wanted.strip().equals(":")) {
                int start = range.group(1).isEmpty() ? 0 : Integer.parseInt(range.group(1));
                int end = range.group(2).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(range.group(2));
                if (start <= end) {
                    int size = tests.size();
                    return tests.subList(Math.min(start, size), Math.min(end, size));
                }
            }
        } catch (NumberFormatException e) {
            // A number this large cannot be intended.
        }
        throw new InvalidInputException("filterRange is '" + wanted
                + "', but must be start:end, counted from 0, excluding the end, such as 0:10.");
    }

    private static Pattern regex(String name, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(name + " is '" + text + "', which is not a regular expression.", e);
        }
    }
}
