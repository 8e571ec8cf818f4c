package io.github.ftmaven.runtime.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters of single values; those of sequences are in {@link Sequences}. */
final class Filters {
    @FunctionalInterface
    interface Filter {
        Object apply(Object value, Arguments arguments);
    }

    private static final Pattern TITLE_WORD = Pattern.compile("([-\\s({\\[<]+)|([^-\\s({\\[<]+)");
    private static final Map<String, Filter> ALL = new TreeMap<>();

    static {
        ALL.put(
                "abs",
                (value, a) -> value instanceof Double real ? Math.abs(real) : (Object) Math.abs(Python.integer(value)));
        ALL.put("capitalize", (value, a) -> StringMethods.capitalize(Python.text(value)));
        ALL.put(
                "center",
                (value, a) -> StringMethods.call(Python.text(value), "center", Arguments.of(a.get(0, "width", 80L))));
        ALL.put("count", (value, a) -> Python.length(value));
        ALL.put("length", (value, a) -> Python.length(value));
        ALL.put("d", Filters::orDefault);
        ALL.put("default", Filters::orDefault);
        ALL.put("e", (value, a) -> escape(Python.text(value)));
        ALL.put("escape", (value, a) -> escape(Python.text(value)));
        ALL.put("forceescape", (value, a) -> escape(Python.text(value)));
        ALL.put("float", Filters::toFloat);
        ALL.put(
                "format",
                (value, a) -> Formatting.percent(
                        Python.text(value), a.named().isEmpty() ? new Tuple(a.positional()) : a.named()));
        ALL.put("indent", Filters::indent);
        ALL.put("int", Filters::toInt);
        ALL.put("lower", (value, a) -> Python.text(value).toLowerCase(Locale.ROOT));
        ALL.put("pprint", (value, a) -> Python.repr(value));
        ALL.put(
                "replace",
                (value, a) -> StringMethods.replace(
                        Python.text(value),
                        a.text(0, "old", ""),
                        a.text(1, "new", ""),
                        count(a.get(2, "count", None.NONE))));
        ALL.put("round", Filters::round);
        ALL.put("safe", (value, a) -> Python.text(value));
        ALL.put("string", (value, a) -> Python.text(value));
        ALL.put(
                "striptags",
                (value, a) -> Python.text(value)
                        .replaceAll("(?s)<!--.*?-->|<[^>]*>", "")
                        .strip()
                        .replaceAll("\\s+", " "));
        ALL.put("title", (value, a) -> title(Python.text(value)));
        ALL.put("tojson", JsonText::of);
        ALL.put(
                "trim",
                (value, a) -> StringMethods.strip(Python.text(value), a.get(0, "chars", None.NONE), true, true));
        ALL.put("truncate", Filters::truncate);
        ALL.put("upper", (value, a) -> Python.text(value).toUpperCase(Locale.ROOT));
        ALL.put(
                "urlencode",
                (value, a) -> URLEncoder.encode(Python.text(value), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/")
                        .replace("%7E", "~")
                        .replace("*", "%2A"));
        ALL.put(
                "wordcount",
                (value, a) -> Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS)
                        .matcher(Python.text(value))
                        .results()
                        .count());
        Sequences.define(ALL);
    }

    private Filters() {}

    static boolean has(String name) {
        return ALL.containsKey(name);
    }

    static Object apply(String name, Object value, Arguments arguments) {
        Filter filter = Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new TemplateException("no filter named '" + name + "'"));
        return filter.apply(value, arguments);
    }

    private static int count(Object value) {
        return value == None.NONE ? -1 : (int) Python.integer(value);
    }

    private static Object orDefault(Object value, Arguments arguments) {
        boolean missing = value instanceof Undefined || (arguments.flag(1, "boolean", false) && !Python.truth(value));
        return missing ? arguments.get(0, "default_value", "") : value;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static Object toFloat(Object value, Arguments arguments) {
        Object fallback = arguments.get(0, "default", 0.0);
        if (Python.isNumber(value)) {
            return Python.real(value);
        }
        try {
            return value instanceof String text ? Double.valueOf(text.strip().replace("_", "")) : fallback;
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    private static Object toInt(Object value, Arguments arguments) {
        Object fallback = arguments.get(0, "default", 0L);
        if (value instanceof Double real) {
            return Double.isFinite(real) ? (Object) real.longValue() : fallback;
        }
        if (Python.isNumber(value)) {
            return Python.integer(value);
        }
        if (!(value instanceof String text)) {
            return fallback;
        }
        int base = arguments.integer(1, "base", 10);
        String digits = text.strip().replace("_", "");
        try {
            String prefix = base == 16 ? "0[xX]" : base == 8 ? "0[oO]" : "0[bB]";
            return Long.valueOf(base == 10 ? digits : digits.replaceFirst("^" + prefix, ""), base);
        } catch (NumberFormatException e) {
            try {
                return (long) Double.parseDouble(digits);
            } catch (NumberFormatException notEvenReal) {
                return fallback;
            }
        }
    }

    private static Object round(Object value, Arguments arguments) {
        int digits = arguments.integer(0, "precision", 0);
        String method = arguments.text(1, "method", "common");
        if (!Set.of("common", "ceil", "floor").contains(method)) {
            throw new TemplateException("method must be common, ceil or floor");
        }
        if (!(value instanceof Double) && method.equals("common")) {
            return Python.integer(value);
        }
        double real = Python.real(value);
        if (method.equals("common")) {
            return new BigDecimal(real).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        }
        double factor = Math.pow(10, digits);
        return (method.equals("ceil") ? Math.ceil(real * factor) : Math.floor(real * factor)) / factor;
    }

    private static String indent(Object value, Arguments arguments) {
        Object width = arguments.get(0, "width", 4L);
        String indent = width instanceof String text ? text : " ".repeat((int) Math.min(1000, Python.integer(width)));
        boolean first = arguments.flag(1, "first", false);
        boolean blank = arguments.flag(2, "blank", false);
        List<String> lines = List.of((Python.text(value) + "\n").split("\n", -1));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size() - 1; i++) {
            String line = lines.get(i);
            boolean indented = i == 0 ? first : blank || !line.isEmpty();
            text.append(i == 0 ? "" : "\n").append(indented ? indent : "").append(line);
        }
        return text.toString();
    }

    private static String title(String text) {
        StringBuilder title = new StringBuilder();
        Matcher matcher = TITLE_WORD.matcher(text);
        while (matcher.find()) {
            title.append(StringMethods.capitalize(matcher.group()));
        }
        return title.toString();
    }

    private static String truncate(Object value, Arguments arguments) {
        String text = Python.text(value);
        int length = arguments.integer(0, "length", 255);
        boolean killWords = arguments.flag(1, "killwords", false);
        String end = arguments.text(2, "end", "...");
        Object leeway = arguments.get(3, "leeway", None.NONE);
        if (text.length() <= length + (leeway == None.NONE ? 5 : Python.integer(leeway))) {
            return text;
        }
        String cut = text.substring(0, Math.max(0, length - end.length()));
        int space = cut.lastIndexOf(' ');
        return (killWords || space < 0 ? cut : cut.substring(0, space)) + end;
    }
}
