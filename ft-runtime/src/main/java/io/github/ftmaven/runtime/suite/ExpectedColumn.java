package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.assertion.Checks;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an assertion from a cell of a table: {@code contains: text}, {@code not-levenshtein(3): text}, {@code
 * javascript: code}; the output must equal any other text.
 */
final class ExpectedColumn {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern TYPED =
            Pattern.compile("(not-)?([a-z][a-z:-]*?)(?:\\((\\d+(?:\\.\\d+)?)\\))?(?::(?!//)([\\s\\S]*))?");
    private static final Set<String> WITH_THRESHOLD = Set.of(
            "answer-relevance",
            "classifier",
            "context-faithfulness",
            "context-recall",
            "context-relevance",
            "cost",
            "latency",
            "levenshtein",
            "perplexity-score",
            "perplexity",
            "rouge-n",
            "similar",
            "starts-with");

    private ExpectedColumn() {}

    static ObjectNode parse(String cell) {
        for (String prefix : new String[] {"javascript:", "fn:", "eval:"}) {
            if (cell.startsWith(prefix)) {
                return assertion("javascript")
                        .put("value", cell.substring(prefix.length()).strip());
            }
        }
        if (cell.matches("file://.*\\.(js|cjs)(:.*)?")) {
            return assertion("javascript").put("value", cell);
        }
        if (cell.startsWith("python:") || cell.matches("file://.*\\.py(:.*)?")) {
            return assertion("python")
                    .put("value", cell.substring("python:".length()).strip());
        }
        if (cell.startsWith("grade:")) {
            return assertion("llm-rubric").put("value", cell.substring("grade:".length()));
        }
        Matcher matcher = TYPED.matcher(cell);
        if (matcher.matches() && isType(matcher.group(2))) {
            return typed(matcher);
        }
        return assertion("equals").put("value", cell);
    }

    private static ObjectNode typed(Matcher matcher) {
        String type = matcher.group(2);
        String value = matcher.group(4);
        ObjectNode assertion = assertion((matcher.group(1) == null ? "" : "not-") + type);
        if (value != null) {
            assertion.put("value", type.endsWith("json") ? value : value.strip());
        }
        if (WITH_THRESHOLD.contains(type)) {
            String threshold = matcher.group(3);
            double fallback = type.equals("similar") ? 0.8 : 0.75;
            assertion.put("threshold", threshold == null ? fallback : Double.parseDouble(threshold));
        }
        return assertion;
    }

    private static boolean isType(String name) {
        return Checks.types().contains(name) || !Checks.needs(name).isEmpty();
    }

    private static ObjectNode assertion(String type) {
        return JSON.objectNode().put("type", type);
    }
}
