package io.github.ftmaven.runtime.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What Python does with values: truth, text, comparison, operators. Numbers are in {@link Numbers}. */
final class Python {
    private static final int LONGEST = 1 << 24; // of texts and lists made by multiplication
    private static final int DEEPEST = 200;

    private Python() {}

    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Markup marked) {
            return !marked.text().isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Tuple tuple) {
            return !tuple.items().isEmpty();
        }
        if (value instanceof View view) {
            return !view.items().isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return !value.equals(0L) && value != None.NONE && !(value instanceof Undefined);
    }

    /** The name of a value's type. */
    static String type(Object value) {
        if (value instanceof Boolean) {
            return "bool";
        }
        if (Numbers.isWhole(value)) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof String) {
            return "str";
        }
        if (value instanceof Range) {
            return "range";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof Tuple) {
            return "tuple";
        }
        if (value instanceof Map) {
            return "dict";
        }
        if (value instanceof View view) {
            return view.type();
        }
        if (value instanceof Generator generator) {
            return generator.type();
        }
        if (value instanceof Callable) {
            return "function";
        }
        return value == None.NONE ? "NoneType" : value.getClass().getSimpleName();
    }

    /** What {@code str()} gives. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Markup marked) {
            return marked.text();
        }
        return value instanceof Undefined ? "" : repr(value);
    }

    /** What {@code str()} gives, still marked where it was. */
    static Object softText(Object value) {
        return value instanceof Markup ? value : text(value);
    }

    static String repr(Object value) {
        StringBuilder text = new StringBuilder();
        repr(value, text, 0);
        return text.toString();
    }

    private static void repr(Object value, StringBuilder text, int depth) {
        if (depth > DEEPEST) {
            throw new TemplateException("values are nested too deeply");
        }
        if (value instanceof Boolean flag) {
            text.append(flag ? "True" : "False");
        } else if (value instanceof Double number) {
            text.append(Numbers.text(number));
        } else if (value instanceof String string) {
            quote(string, text);
        } else if (value instanceof Markup marked) {
            text.append("Markup(");
            quote(marked.text(), text);
            text.append(')');
        } else if (value instanceof Range range) {
            text.append(range.repr());
        } else if (value instanceof List<?> list) {
            text.append('[');
            items(list, text, depth);
            text.append(']');
        } else if (value instanceof Tuple tuple) {
            text.append('(');
            items(tuple.items(), text, depth);
            text.append(tuple.items().size() == 1 ? ",)" : ")");
        } else if (value instanceof View view) {
            text.append(view.type()).append("([");
            items(view.items(), text, depth);
            text.append("])");
        } else if (value instanceof Map<?, ?> map) {
            entries(map, text, depth);
        } else if (value instanceof Undefined) {
            text.append("Undefined");
        } else if (value instanceof Namespace namespace) {
            text.append("<Namespace ");
            entries(namespace.values(), text, depth);
            text.append('>');
        } else if (value instanceof Loop loop) {
            text.append(loop);
        } else if (value instanceof Macro macro) {
            text.append("<Macro '").append(macro.name()).append("'>");
        } else if (value instanceof Long || value instanceof BigInteger || value instanceof None) {
            text.append(value);
        } else {
            text.append('<').append(type(value)).append(" object>");
        }
    }

    private static void entries(Map<?, ?> map, StringBuilder text, int depth) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            repr(entry.getKey(), text, depth + 1);
            text.append(": ");
            repr(entry.getValue(), text, depth + 1);
            text.append(entries.hasNext() ? ", " : "");
        }
        text.append('}');
    }

    private static void items(List<?> items, StringBuilder text, int depth) {
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            repr(items.get(i), text, depth + 1);
        }
    }

    private static void quote(String string, StringBuilder text) {
        char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        text.append(quote);
        string.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c == '\t') {
                text.append("\\t");
            } else if (c == '\r') {
                text.append("\\r");
            } else if (StringMethods.isPrintable(c)) {
                text.appendCodePoint(c);
            } else {
                text.append(String.format(Locale.ROOT, c < 256 ? "\\x%02x" : c < 65536 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        text.append(quote);
    }

    /** A whole number, as an index or a count must be. */
    static long integer(Object value) {
        return Numbers.index(value);
    }

    /** The items that a loop over a value goes through, one after the other. */
    static Iterator<Object> iterator(Object value) {
        return value instanceof Generator generator ? generator : items(value).iterator();
    }

    /** The items that a loop over a value goes through. */
    static List<Object> items(Object value) {
        if (value instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        if (value instanceof Tuple tuple) {
            return tuple.items();
        }
        if (value instanceof View view) {
            return view.items();
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String || value instanceof Markup) {
            List<Object> characters = new ArrayList<>();
            text(value).codePoints().forEach(c -> characters.add(Character.toString(c)));
            return characters;
        }
        if (value instanceof Generator generator) {
            List<Object> items = new ArrayList<>();
            generator.forEachRemaining(items::add);
            return items;
        }
        if (value instanceof Loop loop) {
            return loop.rest();
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new TemplateException("'" + type(value) + "' object is not iterable");
    }

    static boolean isIterable(Object value) {
        return value instanceof List
                || value instanceof Tuple
                || value instanceof View
                || value instanceof Map
                || value instanceof String
                || value instanceof Markup
                || value instanceof Generator
                || value instanceof Loop
                || value instanceof Undefined;
    }

    static long length(Object value) {
        if (value instanceof String || value instanceof Markup) {
            String text = text(value);
            return text.codePointCount(0, text.length());
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Loop loop) {
            return loop.size();
        }
        if (!isIterable(value) || value instanceof Generator) {
            throw new TemplateException("object of type '" + type(value) + "' has no len()");
        }
        return items(value).size();
    }

    static boolean equal(Object a, Object b) {
        if (Numbers.is(a) && Numbers.is(b)) {
            return !Numbers.isNan(a) && !Numbers.isNan(b) && Numbers.compare(a, b) == 0;
        }
        if (a instanceof Range || b instanceof Range) {
            return a instanceof Range && b instanceof Range && a.equals(b);
        }
        if (a instanceof List<?> one && b instanceof List<?> two) {
            return equalItems(one, two);
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            return equalItems(one.items(), two.items());
        }
        if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> two) {
            return one.size() == two.size()
                    && one.entrySet().stream().allMatch(entry -> {
                        Object value = two.get(Lookup.key(two, entry.getKey()));
                        return value != null && same(entry.getValue(), value);
                    });
        }
        if (a instanceof Namespace || b instanceof Namespace) {
            return a == b;
        }
        if (a instanceof View one && b instanceof View two) {
            return one.type().equals(two.type()) && !one.type().equals("dict_values") && sameSet(one, two);
        }
        return Markup.plain(a).equals(Markup.plain(b));
    }

    private static boolean sameSet(View one, View two) {
        return one.items().size() == two.items().size()
                && one.items().stream().allMatch(item -> two.items().stream().anyMatch(other -> equal(item, other)));
    }

    /** What containers ask of their items: the same object is equal to itself, even NaN. */
    private static boolean same(Object a, Object b) {
        return a == b || equal(a, b);
    }

    private static boolean equalItems(List<?> one, List<?> two) {
        if (one.size() != two.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), two.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** One of {@code < <= > >=}. */
    static boolean ordered(String operator, Object a, Object b) {
        if (Numbers.isNan(a) || Numbers.isNan(b)) {
            compare(Numbers.isNan(a) ? 0.0 : a, Numbers.isNan(b) ? 0.0 : b);
            return false;
        }
        int compared = compare(a, b);
        return switch (operator) {
            case "<" -> compared < 0;
            case "<=" -> compared <= 0;
            case ">" -> compared > 0;
            default -> compared >= 0;
        };
    }

    static int compare(Object a, Object b) {
        if (Numbers.is(a) && Numbers.is(b)) {
            return Numbers.isNan(a) || Numbers.isNan(b) ? 0 : Numbers.compare(a, b);
        }
        if (Markup.plain(a) instanceof String one && Markup.plain(b) instanceof String two) {
            return compareTexts(one, two);
        }
        if (a instanceof List<?> one && b instanceof List<?> two && !(a instanceof Range) && !(b instanceof Range)) {
            return compareItems(one, two);
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            return compareItems(one.items(), two.items());
        }
        refuseUndefined(a, b);
        throw new TemplateException("'" + type(a) + "' and '" + type(b) + "' cannot be compared");
    }

    /** By code points, where Java would go by halves of them. */
    private static int compareTexts(String one, String two) {
        return Arrays.compare(one.codePoints().toArray(), two.codePoints().toArray());
    }

    private static int compareItems(List<?> one, List<?> two) {
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            if (!same(one.get(i), two.get(i))) {
                return compare(one.get(i), two.get(i));
            }
        }
        return Integer.compare(one.size(), two.size());
    }

    static boolean contains(Object container, Object item) {
        if (Markup.plain(container) instanceof String text) {
            if (Markup.plain(item) instanceof String part) {
                return text.contains(part);
            }
            refuseUndefined(item, item);
            throw new TemplateException("'in <string>' requires string as left operand, not " + type(item));
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(Lookup.key(map, item));
        }
        Iterator<Object> items = iterator(container);
        while (items.hasNext()) {
            if (same(items.next(), item)) {
                return true;
            }
        }
        return false;
    }

    static Object add(Object a, Object b) {
        if (isText(a) && isText(b)) {
            return a instanceof Markup || b instanceof Markup
                    ? new Markup(
                            bounded(Markup.escape(a).text() + Markup.escape(b).text()))
                    : bounded(text(a) + text(b));
        }
        if (isList(a) && isList(b)) {
            List<Object> sum = new ArrayList<>(items(a));
            sum.addAll(items(b));
            bounded(sum.size());
            return sum;
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            List<Object> sum = new ArrayList<>(one.items());
            sum.addAll(two.items());
            bounded(sum.size());
            return new Tuple(sum);
        }
        return arithmetic("+", a, b);
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    private static boolean isList(Object value) {
        return value instanceof List && !(value instanceof Range);
    }

    static Object multiply(Object a, Object b) {
        boolean left = isText(a) || isList(a) || a instanceof Tuple;
        boolean right = isText(b) || isList(b) || b instanceof Tuple;
        if (left == right) {
            return arithmetic("*", a, b);
        }
        Object repeated = left ? a : b;
        Object count = left ? b : a;
        refuseUndefined(count, count);
        if (!Numbers.isWhole(count)) {
            throw new TemplateException("can't multiply sequence by non-int of type '" + type(count) + "'");
        }
        int times = (int) Math.min(Integer.MAX_VALUE, Math.max(0, integer(count)));
        if (isText(repeated)) {
            bounded((long) text(repeated).length() * times);
            return Markup.like(repeated, text(repeated).repeat(times));
        }
        List<Object> items = items(repeated);
        bounded((long) items.size() * times);
        List<Object> product = new ArrayList<>();
        for (int i = 0; i < times && !items.isEmpty(); i++) {
            product.addAll(items);
        }
        return repeated instanceof Tuple ? new Tuple(product) : product;
    }

    private static String bounded(String text) {
        bounded(text.length());
        return text;
    }

    private static void bounded(long size) {
        if (size > LONGEST) {
            throw new TemplateException("a value becomes too large");
        }
    }

    /** {@code a % b}: what is left of a division, or a format. */
    static Object percent(Object a, Object b) {
        if (a instanceof String format) {
            return Formatting.percent(format, b, false);
        }
        return a instanceof Markup format
                ? new Markup(Formatting.percent(format.text(), b, true))
                : arithmetic("%", a, b);
    }

    /** One of + - * / // % ** on numbers. */
    static Object arithmetic(String operator, Object a, Object b) {
        refuseUndefined(a, b);
        if (!Numbers.is(a) || !Numbers.is(b)) {
            throw new TemplateException(
                    "unsupported operand types for " + operator + ": '" + type(a) + "' and '" + type(b) + "'");
        }
        return Numbers.arithmetic(operator, a, b);
    }

    /** {@code -a} or {@code +a}. */
    static Object signed(boolean minus, Object a) {
        refuseUndefined(a, a);
        if (!Numbers.is(a)) {
            throw new TemplateException("bad operand type for unary " + (minus ? "-" : "+") + ": '" + type(a) + "'");
        }
        return minus ? Numbers.negated(a) : a instanceof Double ? a : Numbers.of(Numbers.whole(a));
    }

    private static void refuseUndefined(Object a, Object b) {
        if (a instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.error();
        }
    }
}
