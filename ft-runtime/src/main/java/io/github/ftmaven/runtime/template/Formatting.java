package io.github.ftmaven.runtime.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's two ways to format: {@code "%s" % x} and {@code "{}".format(x)}, with the specifications that matter. */
final class Formatting {
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\((\\w+)\\))?([-+ 0#]*)(\\d+)?(?:\\.(\\d+))?([a-zA-Z%])");
    private static final Pattern FIELD = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w*)(?:!([rs]))?(?::([^{}]*))?\\}");
    private static final Pattern SPECIFICATION =
            Pattern.compile("(?:(.)?([<>^]))?([-+ ])?(0)?(\\d+)?(,)?(?:\\.(\\d+))?([a-zA-Z%])?");
    private static final int WIDEST = 10_000;

    private Formatting() {}

    static String percent(String format, Object values) {
        List<Object> items = values instanceof Tuple tuple ? tuple.items() : List.of(values);
        StringBuilder text = new StringBuilder();
        Matcher matcher = PERCENT.matcher(format);
        int next = 0;
        int end = 0;
        while (matcher.find()) {
            text.append(format.substring(end, matcher.start()));
            end = matcher.end();
            char code = matcher.group(5).charAt(0);
            if (code == '%') {
                text.append('%');
                continue;
            }
            Object value;
            if (matcher.group(1) != null) {
                value = Lookup.item(values, matcher.group(1));
            } else if (next < items.size()) {
                value = items.get(next++);
            } else {
                throw new TemplateException("not enough arguments for format string");
            }
            String flags = matcher.group(2);
            String body = converted(code, value, matcher.group(4) == null ? -1 : number(matcher.group(4)));
            if (flags.contains("+") && Python.isNumber(value) && !body.startsWith("-")) {
                body = "+" + body;
            }
            int width = matcher.group(3) == null ? 0 : number(matcher.group(3));
            char fill = flags.contains("0") && Python.isNumber(value) ? '0' : ' ';
            text.append(aligned(body, width, flags.contains("-") ? '<' : '>', fill));
        }
        if (next < items.size() && !(values instanceof Map)) {
            throw new TemplateException("not all arguments converted during string formatting");
        }
        return text.append(format.substring(end)).toString();
    }

    static String braces(String format, Arguments arguments) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = FIELD.matcher(format);
        int next = 0;
        int end = 0;
        while (matcher.find()) {
            text.append(format.substring(end, matcher.start()));
            end = matcher.end();
            if (matcher.group().equals("{{") || matcher.group().equals("}}")) {
                text.append(matcher.group().charAt(0));
                continue;
            }
            String name = matcher.group(1);
            Object value;
            if (name.isEmpty()) {
                value = arguments.get(next++, "");
            } else if (Character.isDigit(name.charAt(0))) {
                value = arguments.get(number(name), "");
            } else {
                value = arguments.get(Integer.MAX_VALUE, name);
            }
            if (matcher.group(2) != null) {
                value = matcher.group(2).equals("r") ? Python.repr(value) : Python.text(value);
            }
            text.append(specified(value, matcher.group(3) == null ? "" : matcher.group(3)));
        }
        return text.append(format.substring(end)).toString();
    }

    private static String specified(Object value, String specification) {
        Matcher matcher = SPECIFICATION.matcher(specification);
        if (!matcher.matches()) {
            throw new TemplateException("invalid format specifier '" + specification + "'");
        }
        String code = matcher.group(8);
        int precision = matcher.group(7) == null ? -1 : number(matcher.group(7));
        boolean number = Python.isNumber(value) && !(value instanceof Boolean);
        String body = code == null && (!number || precision < 0)
                ? Python.text(value)
                : converted(code == null ? 'g' : code.charAt(0), value, precision);
        if (code == null && !number && precision >= 0) {
            body = body.substring(0, Math.min(body.length(), precision));
        }
        if (matcher.group(6) != null) {
            body = grouped(body);
        }
        if ("+".equals(matcher.group(3)) && number && !body.startsWith("-")) {
            body = "+" + body;
        }
        boolean zero = matcher.group(4) != null;
        char fill = matcher.group(1) != null ? matcher.group(1).charAt(0) : zero ? '0' : ' ';
        char align = matcher.group(2) != null ? matcher.group(2).charAt(0) : number ? '>' : '<';
        return aligned(body, matcher.group(5) == null ? 0 : number(matcher.group(5)), align, fill);
    }

    private static String converted(char code, Object value, int precision) {
        return switch (code) {
            case 's' -> {
                String text = Python.text(value);
                yield precision < 0 ? text : text.substring(0, Math.min(text.length(), precision));
            }
            case 'r' -> Python.repr(value);
            case 'd', 'i' -> String.valueOf(value instanceof Double real ? real.longValue() : Python.integer(value));
            case 'x' -> Long.toHexString(Python.integer(value));
            case 'X' -> Long.toHexString(Python.integer(value)).toUpperCase(Locale.ROOT);
            case 'o' -> Long.toOctalString(Python.integer(value));
            case 'b' -> Long.toBinaryString(Python.integer(value));
            case 'c' -> Character.toString((int) Python.integer(value));
            case 'f', 'F' -> fixed(Python.real(value), precision < 0 ? 6 : precision);
            case '%' -> fixed(100 * Python.real(value), precision < 0 ? 6 : precision) + "%";
            case 'e', 'E' ->
                String.format(Locale.ROOT, "%." + (precision < 0 ? 6 : precision) + code, Python.real(value));
            case 'g', 'G' -> general(Python.real(value), precision < 0 ? 6 : Math.max(1, precision));
            default -> throw new TemplateException("unsupported format character '" + code + "'");
        };
    }

    private static String fixed(double value, int digits) {
        return new BigDecimal(value)
                .setScale(Math.min(digits, 100), RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String general(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        String rounded = String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        int exponent = Integer.parseInt(rounded.substring(rounded.indexOf('e') + 1));
        if (exponent < -4 || exponent >= digits) {
            String mantissa = new BigDecimal(rounded.substring(0, rounded.indexOf('e')))
                    .stripTrailingZeros()
                    .toPlainString();
            return mantissa + (exponent < 0 ? "e-" : "e+") + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
        }
        return new BigDecimal(rounded).stripTrailingZeros().toPlainString();
    }

    private static String grouped(String digits) {
        int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        StringBuilder text = new StringBuilder(digits);
        for (int i = point - 3; i > (digits.startsWith("-") ? 1 : 0); i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    private static String aligned(String body, int width, char align, char fill) {
        int missing = Math.min(width, WIDEST) - body.codePointCount(0, body.length());
        if (missing <= 0) {
            return body;
        }
        String padding = String.valueOf(fill).repeat(missing);
        if (fill == '0' && align == '>' && (body.startsWith("-") || body.startsWith("+"))) {
            return body.charAt(0) + padding + body.substring(1);
        }
        return switch (align) {
            case '<' -> body + padding;
            case '^' -> padding.substring(0, missing / 2) + body + padding.substring(missing / 2);
            default -> padding + body;
        };
    }

    private static int number(String digits) {
        return digits.length() > 6 ? WIDEST : Integer.parseInt(digits);
    }
}
