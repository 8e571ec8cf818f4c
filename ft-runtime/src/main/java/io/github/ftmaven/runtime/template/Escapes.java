package io.github.ftmaven.runtime.template;

/** Escapes of Python's string literals. */
final class Escapes {
    private Escapes() {}

    static String unescape(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 == literal.length()) {
                text.append(c);
                continue;
            }
            char next = literal.charAt(++i);
            switch (next) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'a' -> text.append((char) 7);
                case 'v' -> text.append((char) 11);
                case '\\', '\'', '"' -> text.append(next);
                case '\n' -> {}
                case 'x' -> i = codePoint(text, literal, i, 2);
                case 'u' -> i = codePoint(text, literal, i, 4);
                case 'U' -> i = codePoint(text, literal, i, 8);
                default -> {
                    if (next >= '0' && next <= '7') {
                        int value = 0;
                        int end = i;
                        while (end < literal.length() && end < i + 3 && "01234567".indexOf(literal.charAt(end)) >= 0) {
                            value = 8 * value + literal.charAt(end++) - '0';
                        }
                        text.appendCodePoint(value);
                        i = end - 1;
                    } else {
                        text.append('\\').append(next);
                    }
                }
            }
        }
        return text.toString();
    }

    private static int codePoint(StringBuilder text, String literal, int at, int digits) {
        int end = at + 1 + digits;
        if (end > literal.length()) {
            throw new TemplateException("a string ends within an escape");
        }
        try {
            text.appendCodePoint(Integer.parseInt(literal.substring(at + 1, end), 16));
        } catch (IllegalArgumentException e) {
            throw new TemplateException("'\\" + literal.substring(at, end) + "' is not an escape");
        }
        return end - 1;
    }
}
