package io.github.ftmaven.runtime.assertion;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the values of {@code contains-any} and similar types in one text: they are separated by commas; quotes
 * surround values that contain commas, and {@code ""} or {@code \\"} inside them means a quote. Consecutive commas
 * count as one.
 */
final class CommaSeparated {
    private final String text;
    private int position;

    private CommaSeparated(String text) {
        this.text = text;
    }

    static List<String> parse(String text) throws CheckException {
        return new CommaSeparated(text).fields();
    }

    private List<String> fields() throws CheckException {
        List<String> fields = new ArrayList<>();
        while (true) {
            skip(true);
            if (position == text.length()) {
                return fields;
            }
            if (text.charAt(position) == '"') {
                fields.add(quoted());
                skip(false);
                CheckException.require(
                        position == text.length() || text.charAt(position) == ',',
                        "Expected comma after quoted field in contains assertion value");
            } else {
                int end = text.indexOf(',', position);
                end = end < 0 ? text.length() : end;
                fields.add(Js.trim(text.substring(position, end)));
                position = end;
            }
        }
    }

    private void skip(boolean commas) {
        while (position < text.length()
                && (String.valueOf(text.charAt(position)).matches(Js.SPACE)
                        || (commas && text.charAt(position) == ','))) {
            position++;
        }
    }

    private String quoted() throws CheckException {
        StringBuilder field = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position);
            char next = position + 1 < text.length() ? text.charAt(position + 1) : '\0';
            boolean escaped = (c == '\\' && (next == '"' || next == '\\')) || (c == '"' && next == '"');
            if (escaped) {
                field.append(next);
                position += 2;
            } else if (c == '"') {
                position++;
                return field.toString();
            } else {
                field.append(c);
                position++;
            }
        }
        throw new CheckException("Invariant failed: Unterminated quoted field in contains assertion value");
    }
}
