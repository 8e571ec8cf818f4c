package io.github.ftmaven.runtime.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats values by Python's format specifications, such as {@code >8,.2f}. */
final class NumberFormat {
    private static final Pattern SPECIFICATION = Pattern.compile(
            "(?:(.)?([<>^=]))?([-+ ])?(z)?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?", Pattern.DOTALL);
    private static final Pattern PREFIX = Pattern.compile("0[xXob]");
    private static final int MOST_DIGITS = 10_000; // after the point

    private NumberFormat() {}

    /** A width, a precision or an index. */
    static int bounded(String digits) {
        if (digits.length() > 9) {
            throw new TemplateException("Too many decimal digits in format string");
        }
        return Integer.parseInt(digits);
    }

    /** A width or a precision given as a value. */
    static int bounded(long value) {
        if (Math.abs(value) > 999_999_999) {
            throw new TemplateException("a format's width or precision is too large");
        }
        return (int) value;
    }

    /** {@code format(value, specification)}. */
    static String specified(Object value, String specification) {
        if (specification.isEmpty()) {
            return Python.text(value);
        }
        boolean text = Markup.plain(value) instanceof String;
        Matcher matcher = SPECIFICATION.matcher(specification);
        if (!matcher.matches() || (!text && !Numbers.is(value))) {
            throw new TemplateException(
                    "invalid format specifier '" + specification + "' for object of type '" + Python.type(value) + "'");
        }
        return text ? ofText(Python.text(value), matcher) : ofNumber(value, matcher);
    }

    private static int width(Matcher matcher) {
        return matcher.group(7) == null ? 0 : bounded(matcher.group(7));
    }

    private static String fill(Matcher matcher) {
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(6) != null ? "0" : " ";
    }

    private static String ofText(String text, Matcher matcher) {
        boolean numeric = matcher.group(3) != null || matcher.group(5) != null || matcher.group(8) != null;
        if (numeric
                || "=".equals(matcher.group(2))
                || (matcher.group(10) != null && !matcher.group(10).equals("s"))) {
            throw new TemplateException("a numeric format specifier is not allowed for a string");
        }
        String cut = matcher.group(9) == null
                ? text
                : Python.text(Lookup.slice(text, None.NONE, (long) bounded(matcher.group(9)), None.NONE));
        char align = matcher.group(2) == null ? '<' : matcher.group(2).charAt(0);
        return aligned(cut, width(matcher), align, fill(matcher));
    }

    private static String ofNumber(Object value, Matcher matcher) {
        char code = matcher.group(10) == null ? ' ' : matcher.group(10).charAt(0);
        boolean alternate = matcher.group(5) != null;
        int precision = matcher.group(9) == null ? -1 : bounded(matcher.group(9));
        String body;
        if (Numbers.isWhole(value) && "dxXobcn ".indexOf(code) >= 0) {
            if (precision >= 0) {
                throw new TemplateException("Precision not allowed in integer format specifier");
            }
            body = code == 'c'
                    ? Formatting.character(value)
                    : whole(code == ' ' || code == 'n' ? 'd' : code, value, alternate, -1);
        } else if ("eEfFgGn% ".indexOf(code) >= 0) {
            body = real(code, Numbers.real(value), precision, alternate);
        } else {
            throw new TemplateException(
                    "Unknown format code '" + code + "' for object of type '" + Python.type(value) + "'");
        }
        if (matcher.group(4) != null && body.matches("-[0.]*(?:[eE].*|%)?")) {
            body = body.substring(1);
        }
        char sign = matcher.group(3) == null ? '-' : matcher.group(3).charAt(0);
        boolean zero = matcher.group(6) != null && matcher.group(2) == null;
        char align = matcher.group(2) != null ? matcher.group(2).charAt(0) : zero ? '=' : code == 'c' ? '<' : '>';
        if (matcher.group(8) != null) {
            int size = "xXob".indexOf(code) >= 0 ? 4 : 3;
            int padded = align == '=' && fill(matcher).equals("0") ? width(matcher) : 0;
            body = grouped(
                    body, matcher.group(8).charAt(0), size, padded - (sign == '-' || body.startsWith("-") ? 0 : 1));
        }
        return aligned(signed(body, sign), width(matcher), align, fill(matcher));
    }

    /** A whole number; {@code precision} is the minimum number of digits. */
    static String whole(char code, Object value, boolean alternate, int precision) {
        if (!Numbers.isWhole(value)) {
            throw new TemplateException("%" + code + " format: an integer is required, not " + Python.type(value));
        }
        BigInteger number = Numbers.whole(value);
        int radix = switch (Character.toLowerCase(code)) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 10;
        };
        String digits =
                radix == 10 ? Numbers.digits(number.abs()) : number.abs().toString(radix);
        digits = new Text()
                .repeat("0", precision - digits.length())
                .append(digits)
                .toString();
        String prefix = alternate && radix != 10 ? "0" + code : "";
        String upper = code == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
        return (number.signum() < 0 ? "-" : "") + prefix + upper;
    }

    /** A float; without a code, as {@code str()} writes it or, with a precision, nearly as {@code g} does. */
    static String real(char code, double value, int precision, boolean alternate) {
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        String body;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            body = Double.isNaN(value) ? "nan" : "inf";
            body = Character.isUpperCase(code) ? body.toUpperCase(Locale.ROOT) : body;
            return (negative ? "-" : "") + body + (code == '%' ? "%" : "");
        }
        if (code == ' ' && precision < 0) {
            return Numbers.text(value);
        }
        BigDecimal exact = new BigDecimal(Math.abs(value));
        if (precision > MOST_DIGITS) {
            throw new TemplateException("a precision of more than " + MOST_DIGITS + " digits is not supported");
        }
        int digits = precision < 0 ? 6 : precision;
        Budget.steps(64L + digits);
        body = switch (code) {
            case 'f', 'F' -> fixed(exact, digits, alternate);
            case '%' -> real('f', Math.abs(value) * 100, digits, alternate) + "%";
            case 'e', 'E' -> exponential(exact, digits, alternate, code);
            default -> general(exact, Math.max(1, digits), alternate, code);
        };
        return (negative ? "-" : "") + body;
    }

    private static String fixed(BigDecimal value, int digits, boolean alternate) {
        return value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString() + (alternate && digits == 0 ? "." : "");
    }

    private static String exponential(BigDecimal value, int digits, boolean alternate, char letter) {
        BigDecimal rounded = value.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        String all = rounded.unscaledValue().toString();
        all = new Text().append(all).repeat("0", digits + 1L - all.length()).toString();
        return all.charAt(0)
                + (digits > 0 ? "." + all.substring(1, digits + 1) : alternate ? "." : "")
                + letter
                + (exponent < 0 ? "-" : "+")
                + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    private static int exponent(BigDecimal rounded) {
        return rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    }

    private static String general(BigDecimal value, int digits, boolean alternate, char code) {
        int exponent = exponent(value.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
        boolean plain = code == ' '; // always shows that it is a float
        if (exponent < -4 || exponent >= (plain ? digits - 1 : digits)) {
            char letter = code == 'G' ? 'E' : 'e';
            String text = exponential(value, digits - 1, alternate, letter);
            int cut = text.indexOf(letter);
            return alternate ? text : withoutZeros(text.substring(0, cut)) + text.substring(cut);
        }
        String text = fixed(value, digits - 1 - exponent, alternate);
        text = alternate ? text : withoutZeros(text);
        return plain && text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static String withoutZeros(String text) {
        int end = text.length();
        if (text.indexOf('.') >= 0) {
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            end -= text.charAt(end - 1) == '.' ? 1 : 0;
        }
        return text.substring(0, end);
    }

    /** A number with the requested sign if it is not negative. */
    static String signed(String body, char sign) {
        return sign == '-' || body.startsWith("-") ? body : sign + body;
    }

    private static String grouped(String body, char separator, int size, int width) {
        int start = body.startsWith("-") ? 1 : 0;
        start += PREFIX.matcher(body).region(start, body.length()).lookingAt() ? 2 : 0;
        int point = start;
        while (point < body.length() && Character.digit(body.charAt(point), size == 4 ? 16 : 10) >= 0) {
            point++;
        }
        String digits = body.substring(start, point);
        String rest = body.substring(point);
        int length = digits.length();
        while (start + length + (length - 1) / size + rest.length() < width) {
            length++;
        }
        String padded =
                new Text().repeat("0", length - digits.length()).append(digits).toString();
        Text text = new Text().append(body, 0, start);
        for (int i = 0; i < length; i++) {
            if (i > 0 && (length - i) % size == 0) {
                text.append(separator);
            }
            text.append(padded.charAt(i));
        }
        return text.append(rest).toString();
    }

    /** A text padded to the requested width; {@code =} inserts the padding after the sign. */
    static String aligned(String body, int width, char align, String fill) {
        int missing = width - body.codePointCount(0, body.length());
        if (missing <= 0) {
            return body;
        }
        String padding = Text.repeated(fill, missing);
        return switch (align) {
            case '<' -> body + padding;
            case '^' ->
                new Text()
                        .repeat(fill, missing / 2)
                        .append(body)
                        .repeat(fill, missing - missing / 2)
                        .toString();
            case '=' -> {
                int sign = !body.isEmpty() && "+- ".indexOf(body.charAt(0)) >= 0 ? 1 : 0;
                sign += PREFIX.matcher(body).region(sign, body.length()).lookingAt() ? 2 : 0;
                yield body.substring(0, sign) + padding + body.substring(sign);
            }
            default -> padding + body;
        };
    }
}
