package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.spec.RowColumns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prompt and completion as texts with columns in them: {@code Classify: {{text}}}. A column's value is put in as it is;
 * braces in a value mean nothing.
 */
record FilledColumns(List<Part> prompt, List<Part> completion) {
    private static final Pattern COLUMN = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");

    /** A literal text, or a column's value. */
    private record Part(String text, boolean column) {}

    /**
     * The texts of a spec's columns.
     *
     * @return null if they are names of columns
     */
    static @Nullable FilledColumns of(@Nullable RowColumns columns) {
        if (columns == null || !(columns.prompt() + columns.completion()).contains("{{")) {
            return null;
        }
        return new FilledColumns(parts(columns.prompt()), parts(columns.completion()));
    }

    private static List<Part> parts(String text) {
        if (!text.contains("{{")) {
            return List.of(new Part(text, true));
        }
        List<Part> parts = new ArrayList<>();
        Matcher column = COLUMN.matcher(text);
        int end = 0;
        while (column.find()) {
            parts.add(new Part(text.substring(end, column.start()), false));
            parts.add(new Part(column.group(1), true));
            end = column.end();
        }
        parts.add(new Part(text.substring(end), false));
        return parts;
    }

    /** The columns that are read. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(prompt.stream(), completion.stream())
                .filter(Part::column)
                .forEach(part -> names.add(part.text()));
        return names;
    }

    /**
     * Fills in a row.
     *
     * @param source the row, for messages
     * @param values the row's texts, numbers and booleans
     */
    Example fill(String source, Map<String, String> values) {
        return Row.ofPair(
                source, "the prompt", fill(source, prompt, values), "the completion", fill(source, completion, values));
    }

    private static String fill(String source, List<Part> parts, Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!part.column()) {
                text.append(part.text());
                continue;
            }
            String value = values.get(part.text());
            if (value == null) {
                List<String> known = List.copyOf(values.keySet());
                throw new InvalidInputException(source + ": has no '" + part.text()
                        + "' that is a text or a number, but dataset.columns names it"
                        + (known.isEmpty() ? "." : "; found only " + String.join(", ", known) + ".")
                        + Suggestion.didYouMean(part.text(), known));
            }
            text.append(value);
        }
        return text.toString();
    }
}
