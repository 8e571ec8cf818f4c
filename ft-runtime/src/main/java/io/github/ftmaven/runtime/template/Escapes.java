package io.github.ftmaven.runtime.template;

import java.util.HexFormat;

/** Escapes of Python's string literals. */
final class Escapes {
    private Escapes() {}

    private static final HexFormat HEX = HexFormat.of();

    /** A non-printable character as {@code repr()} writes it. */
    static String escaped(int c) {
        return c < 256
                ? "\\x" + HEX.toHexDigits((byte) c)
                : c < 65536 ? "\\u" + HEX.toHexDigits((char) c) : "\\U" + HEX.toHexDigits(c);
    }

    /** One UTF-16 unit as JSON escapes it. */
    static String utf16(char c) {
        return "\\u" + HEX.toHexDigits(c);
    }

    static String unescape(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        Text text = new Text();
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

    private static int codePoint(Text text, String literal, int at, int digits) {
        int end = at + 1 + digits;
        if (end > literal.length()) {
            throw new TemplateException("a string ends within an escape");
        }
        String code = literal.substring(at + 1, end);
        boolean valid = code.chars().allMatch(HexFormat::isHexDigit)
                && HexFormat.fromHexDigitsToLong(code) <= Character.MAX_CODE_POINT;
        if (!valid) {
            throw new TemplateException("'\\" + literal.substring(at, end) + "' is not a valid escape");
        }
        text.appendCodePoint(HexFormat.fromHexDigits(code));
        return end - 1;
    }
}
