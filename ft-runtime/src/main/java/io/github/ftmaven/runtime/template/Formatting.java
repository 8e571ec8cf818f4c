package io.github.ftmaven.runtime.template;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's two formatting styles: {@code "%s" % x} and {@code "{}".format(x)}. */
final class Formatting {
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\((\\w*)\\))?([-+ 0#]*)(\\d+|\\*)?(?:\\.(\\d+|\\*)?)?[hlL]?(.)?", Pattern.DOTALL);
    private static final int MOST_NESTED = 2;

    private Formatting() {}

    /** The values of a {@code %} format, in the order of their use. */
    private static final class Values {
        private final Object all;
        private final List<Object> items;
        private int next;

        Values(Object all) {
            this.all = all;
            this.items = all instanceof Tuple tuple ? tuple.items() : List.of(all);
        }

        Object next() {
            if (next == items.size()) {
                throw new TemplateException("not enough arguments for format string");
            }
            return items.get(next++);
        }

        Object named(String name) {
            if (!(all instanceof Map<?, ?> map)) {
                throw new TemplateException("format requires a mapping");
            }
            Object value = map.get(name);
            if (value == null) {
                throw new TemplateException("'" + name + "'");
            }
            next = items.size();
            return value;
        }

        void checkUsed() {
            boolean container = all instanceof Map || all instanceof List || all instanceof Undefined;
            if (next < items.size() && !container) {
                throw new TemplateException("not all arguments converted during string formatting");
            }
        }
    }

    /**
     * {@code format % values}.
     *
     * @param escape whether to escape texts, as markup does
     */
    static String percent(String format, Object values, boolean escape) {
        Values given = new Values(values);
        Text text = new Text();
        Matcher matcher = PERCENT.matcher(format);
        int copied = 0;
        while (matcher.find(copied)) {
            text.append(format, copied, matcher.start());
            copied = matcher.end();
            if (matcher.group(5) == null) {
                throw new TemplateException("incomplete format");
            }
            char code = matcher.group(5).charAt(0);
            String flags = matcher.group(2);
            int width = matcher.group(3) == null ? -1 : count(matcher.group(3), given);
            boolean pointed = matcher.group().contains(".");
            int precision = matcher.group(4) == null ? (pointed ? 0 : -1) : count(matcher.group(4), given);
            if (code == '%') {
                text.append('%');
                continue;
            }
            Object value = matcher.group(1) == null ? given.next() : given.named(matcher.group(1));
            text.append(converted(code, flags, width, precision, value, escape));
        }
        given.checkUsed();
        return text.append(format.substring(copied)).toString();
    }

    private static int count(String digits, Values given) {
        return digits.equals("*") ? NumberFormat.bounded(Python.integer(given.next())) : NumberFormat.bounded(digits);
    }

    private static String converted(char code, String flags, int width, int precision, Object value, boolean escape) {
        boolean left = flags.contains("-") || width < -1;
        int wide = Math.abs(width);
        if ("srac".indexOf(code) >= 0) {
            String body = switch (code) {
                case 's' -> escape ? Markup.escape(value).text() : Python.text(value);
                case 'c' -> character(value);
                case 'a' -> ascii(Python.repr(value));
                default -> escape ? Markup.escaped(Python.repr(value)) : Python.repr(value);
            };
            if (precision >= 0 && code != 'c') {
                body = Python.text(Lookup.slice(body, None.NONE, (long) precision, None.NONE));
            }
            return NumberFormat.aligned(body, width < 0 && !left ? 0 : wide, left ? '<' : '>', " ");
        }
        char sign = flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-';
        boolean zero = flags.contains("0") && !left;
        boolean alternate = flags.contains("#");
        String body = switch (code) {
            case 'd', 'i', 'u' ->
                NumberFormat.whole('d', value instanceof Double real ? Numbers.cut(real) : value, alternate, precision);
            case 'x', 'X', 'o' -> NumberFormat.whole(code, value, alternate, precision);
            case 'e', 'E', 'f', 'F', 'g', 'G' ->
                NumberFormat.real(code, Numbers.real(value), precision < 0 ? 6 : precision, alternate);
            default -> throw new TemplateException("unsupported format character '" + code + "'");
        };
        return NumberFormat.aligned(
                NumberFormat.signed(body, sign),
                width < 0 && !left ? 0 : wide,
                left ? '<' : zero ? '=' : '>',
                zero ? "0" : " ");
    }

    static String character(Object value) {
        if (Markup.plain(value) instanceof String text && Python.length(text) == 1) {
            return text;
        }
        long code = Numbers.isWhole(value) ? Numbers.index(value) : -1;
        if (code < 0 || code > Character.MAX_CODE_POINT) {
            throw new TemplateException("the format c requires an integer or a single character");
        }
        return Character.toString((int) code);
    }

    private static String ascii(String text) {
        Text ascii = new Text();
        text.codePoints().forEach(c -> ascii.append(c < 128 ? Character.toString(c) : Escapes.escaped(c)));
        return ascii.toString();
    }

    /**
     * {@code format.format(...)}.
     *
     * @param escape whether to escape texts, as markup does
     */
    static String braces(String format, Arguments arguments, boolean escape) {
        return new Braces(arguments, escape).format(format, 0);
    }

    /** A call of {@code format}. */
    private static final class Braces {
        private final Arguments arguments;
        private final boolean escape;
        private int next;
        private boolean numbered;

        Braces(Arguments arguments, boolean escape) {
            this.arguments = arguments;
            this.escape = escape;
        }

        String format(String format, int depth) {
            if (depth >= MOST_NESTED) {
                throw new TemplateException("Max string recursion exceeded");
            }
            Text text = new Text();
            int at = 0;
            while (at < format.length()) {
                char c = format.charAt(at);
                if (c != '{' && c != '}') {
                    text.append(c);
                    at++;
                } else if (at + 1 < format.length() && format.charAt(at + 1) == c && !(depth > 0)) {
                    text.append(c);
                    at += 2;
                } else if (c == '}') {
                    throw new TemplateException("Single '}' encountered in format string");
                } else {
                    int end = end(format, at);
                    text.append(field(format.substring(at + 1, end), depth));
                    at = end + 1;
                }
            }
            return text.toString();
        }

        private static int end(String format, int start) {
            int open = 0;
            for (int at = start; at < format.length(); at++) {
                open += format.charAt(at) == '{' ? 1 : format.charAt(at) == '}' ? -1 : 0;
                if (open == 0) {
                    return at;
                }
            }
            throw new TemplateException("Single '{' encountered in format string");
        }

        private String field(String field, int depth) {
            int bracket = 0;
            int cut = 0;
            while (cut < field.length() && (bracket > 0 || "!:".indexOf(field.charAt(cut)) < 0)) {
                bracket += field.charAt(cut) == '[' ? 1 : field.charAt(cut) == ']' ? -1 : 0;
                cut++;
            }
            Object value = value(field.substring(0, cut));
            String rest = field.substring(cut);
            if (rest.startsWith("!")) {
                if (rest.length() < 2 || (rest.length() > 2 && rest.charAt(2) != ':')) {
                    throw new TemplateException("expected ':' after conversion specifier");
                }
                value = switch (rest.charAt(1)) {
                    case 's' -> Python.text(value);
                    case 'r' -> Python.repr(value);
                    case 'a' -> ascii(Python.repr(value));
                    default -> throw new TemplateException("Unknown conversion specifier " + rest.charAt(1));
                };
                rest = rest.substring(2);
            }
            String specification = rest.isEmpty() ? "" : format(rest.substring(1), depth + 1);
            if (!escape) {
                return NumberFormat.specified(value, specification);
            }
            return value instanceof Markup marked && specification.isEmpty()
                    ? marked.text()
                    : Markup.escaped(NumberFormat.specified(value, specification));
        }

        private Object value(String path) {
            Matcher first = Pattern.compile("[^.\\[]*").matcher(path);
            String name = first.lookingAt() ? first.group() : "";
            Object value = argument(name);
            Matcher step = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]").matcher(path);
            int at = name.length();
            while (at < path.length()) {
                if (!step.find(at) || step.start() != at) {
                    throw new TemplateException("invalid field '" + path + "' in a format");
                }
                String item = step.group(2);
                boolean index = item != null && item.chars().allMatch(Character::isDigit);
                value = item == null
                        ? Lookup.attribute(value, step.group(1))
                        : Lookup.item(value, index ? (Object) (long) NumberFormat.bounded(item) : item);
                at = step.end();
            }
            return value;
        }

        private Object argument(String name) {
            boolean digits = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
            if (!digits && !name.isEmpty()) {
                Object value = arguments.named().get(name);
                if (value == null) {
                    throw new TemplateException("'" + name + "'");
                }
                return value;
            }
            if (name.isEmpty() ? numbered : next > 0) {
                throw new TemplateException("cannot mix manual field specification and automatic field numbering");
            }
            numbered |= digits;
            int place = digits ? NumberFormat.bounded(name) : next++;
            if (place >= arguments.positional().size()) {
                throw new TemplateException("Replacement index " + place + " out of range for positional args tuple");
            }
            return arguments.positional().get(place);
        }
    }
}
