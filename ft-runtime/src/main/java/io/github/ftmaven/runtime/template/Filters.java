package io.github.ftmaven.runtime.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters of single values; {@link Sequences} has the filters of sequences. */
final class Filters {
    @FunctionalInterface
    interface Filter {
        Object apply(Object value, Arguments arguments);
    }

    private static final Pattern TITLE_WORD =
            Pattern.compile("([-\\s({\\[<]+)|([^-\\s({\\[<]+)", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern FLOAT = Pattern.compile("[+-]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");
    private static final Pattern NO_FLOAT = Pattern.compile("(?i)([+-]?)(inf|infinity|nan)");
    private static final Map<String, Filter> ALL = new TreeMap<>();

    static {
        ALL.put("abs", (value, a) -> absolute(value));
        ALL.put("attr", (value, a) -> Lookup.ownAttribute(value, attributeName(a.get(0, "name"))));
        ALL.put("capitalize", (value, a) -> method(value, "capitalize"));
        ALL.put("center", (value, a) -> StringMethods.ofText(value, "center", Arguments.of(a.get(0, "width", 80L))));
        ALL.put("count", (value, a) -> Python.length(value));
        ALL.put("length", (value, a) -> Python.length(value));
        ALL.put("d", Filters::orDefault);
        ALL.put("default", Filters::orDefault);
        ALL.put("e", (value, a) -> Markup.escape(value));
        ALL.put("escape", (value, a) -> Markup.escape(value));
        ALL.put("forceescape", (value, a) -> Markup.escape(Python.text(value)));
        ALL.put("float", Filters::toFloat);
        ALL.put("format", Filters::format);
        ALL.put("indent", Filters::indent);
        ALL.put("int", Filters::toInt);
        ALL.put("lower", (value, a) -> method(value, "lower"));
        ALL.put("pprint", (value, a) -> Pretty.of(value));
        ALL.put("replace", Filters::replace);
        ALL.put("round", Filters::round);
        ALL.put("safe", (value, a) -> new Markup(Python.text(value)));
        ALL.put("string", (value, a) -> Python.softText(value));
        ALL.put("striptags", (value, a) -> Markup.withoutTags(Python.text(value)));
        ALL.put("title", (value, a) -> title(Python.text(value)));
        ALL.put("tojson", JsonText::of);
        ALL.put("trim", (value, a) -> StringMethods.ofText(value, "strip", Arguments.of(a.get(0, "chars", None.NONE))));
        ALL.put("truncate", Filters::truncate);
        ALL.put("upper", (value, a) -> method(value, "upper"));
        ALL.put("urlencode", (value, a) -> urlEncoded(value));
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
        Signatures.checkFilter(name, arguments);
        Budget.call(value, arguments);
        Object result = filter.apply(value, arguments);
        return result == value ? result : Budget.made(result);
    }

    /** The names of all filters. */
    static Set<String> names() {
        return Collections.unmodifiableSet(ALL.keySet());
    }

    private static String attributeName(Object name) {
        if (!(Markup.plain(name) instanceof String text)) {
            throw new TemplateException("attribute name must be string, not '" + Python.type(name) + "'");
        }
        return text;
    }

    private static Object method(Object value, String name) {
        return StringMethods.ofText(value, name, Arguments.NONE);
    }

    private static Object absolute(Object value) {
        if (!Numbers.is(value)) {
            throw new TemplateException("bad operand type for abs(): '" + Python.type(value) + "'");
        }
        return Numbers.absolute(value);
    }

    private static Object format(Object value, Arguments arguments) {
        if (!arguments.positional().isEmpty() && !arguments.named().isEmpty()) {
            throw new TemplateException("can't handle positional and keyword arguments at the same time");
        }
        return Python.percent(
                Python.softText(value),
                arguments.named().isEmpty() ? new Tuple(arguments.positional()) : arguments.named());
    }

    private static Object orDefault(Object value, Arguments arguments) {
        boolean missing = value instanceof Undefined || (arguments.flag(1, "boolean", false) && !Python.truth(value));
        return missing ? arguments.get(0, "default_value", "") : value;
    }

    private static Object replace(Object value, Arguments arguments) {
        Object count = arguments.get(2, "count", None.NONE);
        return StringMethods.replace(
                Python.text(value),
                Python.text(arguments.get(0, "old")),
                Python.text(arguments.get(1, "new")),
                count == None.NONE ? -1 : arguments.integer(2, "count", -1));
    }

    private static Object toFloat(Object value, Arguments arguments) {
        refuseUndefined(value);
        Object fallback = arguments.get(0, "default", 0.0);
        if (Numbers.is(value)) {
            return Numbers.real(value);
        }
        return Markup.plain(value) instanceof String text
                ? real(text).map(real -> (Object) real).orElse(fallback)
                : fallback;
    }

    private static void refuseUndefined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
    }

    /** Parses text as {@code float()} does. */
    private static Optional<Double> real(String text) {
        String digits = StringMethods.digits(text);
        Matcher special = NO_FLOAT.matcher(digits);
        if (special.matches()) {
            double real = special.group(2).equalsIgnoreCase("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
            return Optional.of(special.group(1).equals("-") ? -real : real);
        }
        return FLOAT.matcher(digits).matches() ? Optional.of(Double.parseDouble(digits)) : Optional.empty();
    }

    private static Object toInt(Object value, Arguments arguments) {
        refuseUndefined(value);
        Object fallback = arguments.get(0, "default", 0L);
        if (value instanceof Double real) {
            return Double.isNaN(real) ? fallback : Numbers.cut(real);
        }
        if (Numbers.isWhole(value)) {
            return Numbers.of(Numbers.whole(value));
        }
        if (!(Markup.plain(value) instanceof String text)) {
            return fallback;
        }
        String digits = StringMethods.digits(text);
        return whole(digits, arguments.integer(1, "base", 10))
                .or(() -> real(text).filter(Double::isFinite).map(Numbers::cut))
                .orElse(fallback);
    }

    /** Parses text as {@code int()} does. */
    private static Optional<Object> whole(String text, int base) {
        Matcher matcher =
                Pattern.compile("([+-]?)(0[xX]|0[oO]|0[bB])?([0-9a-zA-Z]+)").matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
        int written = Map.of("0x", 16, "0o", 8, "0b", 2).getOrDefault(prefix, 0);
        String digits = matcher.group(3);
        if (written != 0 && written != base && base != 0) {
            digits = matcher.group(2) + digits;
        }
        int radix = base == 0 ? (written == 0 ? 10 : written) : base;
        if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
            return Optional.empty();
        }
        return Numbers.read(digits, radix)
                .map(whole -> Numbers.of(matcher.group(1).equals("-") ? whole.negate() : whole));
    }

    private static Object round(Object value, Arguments arguments) {
        int digits = arguments.integer(0, "precision", 0);
        String method = arguments.text(1, "method", "common");
        if (!Set.of("common", "ceil", "floor").contains(method)) {
            throw new TemplateException("method must be common, ceil or floor");
        }
        if (!Numbers.is(value)) {
            throw new TemplateException("type " + Python.type(value) + " doesn't define __round__ method");
        }
        if (method.equals("common")) {
            return Numbers.rounded(value, digits);
        }
        Object factor = Numbers.arithmetic("**", 10L, (long) digits);
        Object scaled = Numbers.arithmetic("*", value, factor);
        if (scaled instanceof Double real) {
            scaled = Numbers.cut(method.equals("ceil") ? Math.ceil(real) : Math.floor(real));
        }
        return Numbers.arithmetic("/", scaled, factor);
    }

    private static Object indent(Object value, Arguments arguments) {
        if (!(Markup.plain(value) instanceof String text)) {
            throw new TemplateException("indent needs a string, not " + Python.type(value));
        }
        Object width = arguments.get(0, "width", 4L);
        String indent = Markup.plain(width) instanceof String given ? given : Text.repeated(" ", Python.integer(width));
        boolean first = arguments.flag(1, "first", false);
        boolean blank = arguments.flag(2, "blank", false);
        List<Object> lines = StringMethods.lines(text + "\n", false);
        Text indented = new Text().append(first ? indent : "").append(Python.text(lines.get(0)));
        for (Object line : lines.subList(1, lines.size())) {
            indented.append('\n')
                    .append(blank || !line.equals("") ? indent : "")
                    .append(Python.text(line));
        }
        return Markup.like(value, indented.toString());
    }

    private static String title(String text) {
        Text title = new Text();
        Matcher matcher = TITLE_WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            int end = word.offsetByCodePoints(0, 1);
            title.append(word.substring(0, end).toUpperCase(Locale.ROOT))
                    .append(word.substring(end).toLowerCase(Locale.ROOT));
        }
        return title.toString();
    }

    private static Object truncate(Object value, Arguments arguments) {
        int length = arguments.integer(0, "length", 255);
        boolean killWords = arguments.flag(1, "killwords", false);
        String end = arguments.text(2, "end", "...");
        Object leeway = arguments.get(3, "leeway", None.NONE);
        long ending = Python.length(end);
        if (length < ending) {
            throw new TemplateException("expected length >= " + ending + ", got " + length);
        }
        if (Python.length(value) <= length + (leeway == None.NONE ? 5 : Python.integer(leeway))) {
            return value;
        }
        String cut = Python.text(Lookup.slice(value, None.NONE, length - ending, None.NONE));
        int space = cut.lastIndexOf(' ');
        String kept = killWords || space < 0 ? cut : cut.substring(0, space);
        return value instanceof Markup ? Python.add(new Markup(kept), end) : kept + end;
    }

    private static String urlEncoded(Object value) {
        if (value instanceof Map<?, ?> map) {
            return Text.joined(
                    "&",
                    map.entrySet().stream()
                            .map(entry -> quoted(entry.getKey(), true) + "=" + quoted(entry.getValue(), true))
                            .toList());
        }
        if (Markup.plain(value) instanceof String || !Python.isIterable(value)) {
            return quoted(value, false);
        }
        return Text.joined(
                "&",
                Python.items(value).stream()
                        .map(pair -> {
                            List<Object> parts = Python.items(pair);
                            if (parts.size() != 2) {
                                throw new TemplateException("expected 2 values to unpack, found " + parts.size());
                            }
                            return quoted(parts.get(0), true) + "=" + quoted(parts.get(1), true);
                        })
                        .toList());
    }

    private static String quoted(Object value, boolean query) {
        String text = Python.text(value);
        Budget.text(3L * text.length());
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%7E", "~")
                .replace("*", "%2A");
        return query ? encoded : encoded.replace("+", "%20").replace("%2F", "/");
    }
}
