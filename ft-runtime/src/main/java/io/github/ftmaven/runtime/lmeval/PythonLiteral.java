package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.template.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's {@code ast.literal_eval} for texts, numbers, {@code True}, {@code False}, {@code None}, and lists, tuples and
 * dictionaries of them; tuples become lists.
 */
final class PythonLiteral {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d[\\d_]*)?(\\.\\d*)?([eE][-+]?\\d+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
    private static final Pattern PREFIXED = Pattern.compile("[rRuU]?(?=['\"])");
    private static final String SIMPLE = "\\'\"abfnrtv";
    private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** The value of a literal; empty if the text is not a literal. */
    static Optional<Object> parse(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        try {
            literal.skip(" \t");
            Object value = literal.value(0);
            literal.space();
            return literal.at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private void space() {
        skip(" \t\n\r\f");
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private Object value(int depth) {
        if (depth > 100) {
            throw new IllegalArgumentException("nested too deeply");
        }
        char first = text.charAt(at);
        if (first == '[' || first == '(') {
            return items(depth, first == '[' ? ']' : ')');
        }
        if (first == '{') {
            return dictionary(depth);
        }
        if (PREFIXED.matcher(text).region(at, text.length()).lookingAt()) {
            StringBuilder whole = new StringBuilder(string());
            space();
            while (at < text.length()
                    && PREFIXED.matcher(text).region(at, text.length()).lookingAt()) {
                whole.append(string());
                space();
            }
            return whole.toString();
        }
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (word.lookingAt()) {
            at = word.end();
            return switch (word.group()) {
                case "True" -> true;
                case "False" -> false;
                case "None" -> None.NONE;
                default -> throw new IllegalArgumentException(word.group());
            };
        }
        return number();
    }

    private Object number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt() || number.end() == at) {
            throw new IllegalArgumentException("no value");
        }
        at = number.end();
        String digits = number.group().replace("_", "");
        if (number.group(2) == null && number.group(3) == null) {
            if (digits.matches("[-+]?0+[1-9].*")) {
                throw new IllegalArgumentException("leading zeros");
            }
            return Long.valueOf(digits);
        }
        return Double.valueOf(digits);
    }

    private List<Object> items(int depth, char end) {
        at++;
        List<Object> items = new ArrayList<>();
        boolean comma = true;
        space();
        while (text.charAt(at) != end) {
            if (!comma) {
                throw new IllegalArgumentException("no comma");
            }
            items.add(value(depth + 1));
            space();
            comma = comma();
        }
        at++;
        if (end == ')' && items.size() == 1 && !comma) {
            throw new IllegalArgumentException("a value in parentheses");
        }
        return items;
    }

    private boolean comma() {
        boolean comma = text.charAt(at) == ',';
        if (comma) {
            at++;
            space();
        }
        return comma;
    }

    private Map<Object, Object> dictionary(int depth) {
        at++;
        Map<Object, Object> entries = new LinkedHashMap<>();
        boolean comma = true;
        space();
        while (text.charAt(at) != '}') {
            if (!comma) {
                throw new IllegalArgumentException("no comma");
            }
            Object key = value(depth + 1);
            space();
            if (text.charAt(at++) != ':') {
                throw new IllegalArgumentException("no colon");
            }
            space();
            entries.put(key, value(depth + 1));
            space();
            comma = comma();
        }
        at++;
        return entries;
    }

    private String string() {
        boolean raw = Character.toLowerCase(text.charAt(at)) == 'r';
        at += text.charAt(at) == '\'' || text.charAt(at) == '"' ? 0 : 1;
        String quote = text.substring(at, at + 1);
        quote = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
        at += quote.length();
        StringBuilder value = new StringBuilder();
        while (!text.startsWith(quote, at)) {
            char c = text.charAt(at++);
            if (c == '\n' && quote.length() == 1) {
                throw new IllegalArgumentException("a line ends within a text");
            }
            if (c != '\\') {
                value.append(c);
            } else if (raw) {
                value.append(c).append(text.charAt(at++));
            } else {
                escape(value);
            }
        }
        at += quote.length();
        return value.toString();
    }

    private void escape(StringBuilder value) {
        char c = text.charAt(at++);
        int simple = SIMPLE.indexOf(c);
        if (simple >= 0) {
            value.append(MEANT.charAt(simple));
        } else if (c == 'x' || c == 'u' || c == 'U') {
            int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
            value.appendCodePoint(Integer.parseInt(text.substring(at, at + digits), 16));
            at += digits;
        } else if (c >= '0' && c <= '7') {
            int end = at;
            while (end < at + 2 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
                end++;
            }
            value.append((char) Integer.parseInt(text.substring(at - 1, end), 8));
            at = end;
        } else if (c == 'N') {
            throw new IllegalArgumentException("a character by its name");
        } else if (c != '\n') {
            value.append('\\').append(c);
        }
    }
}
