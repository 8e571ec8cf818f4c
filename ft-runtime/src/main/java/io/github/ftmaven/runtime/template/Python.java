package io.github.ftmaven.runtime.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Python's operations on values: truth, text, operators. Numbers are in {@link Numbers}, and order in {@link Comparisons}. */
final class Python {

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
        if (value instanceof PythonRange) {
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

    /** The result of {@code str()}. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Markup marked) {
            return marked.text();
        }
        return value instanceof Undefined ? "" : repr(value);
    }

    /** The result of {@code str()}, with the value's mark. */
    static Object softText(Object value) {
        return value instanceof Markup ? value : text(value);
    }

    static String repr(Object value) {
        Text text = new Text();
        repr(value, text, 0);
        return text.toString();
    }

    private static void repr(Object value, Text text, int depth) {
        nested(depth);
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
        } else if (value instanceof PythonRange range) {
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
            namespace(namespace, text, depth);
        } else if (value instanceof Loop loop) {
            text.append(loop.toString());
        } else if (value instanceof Macro macro) {
            text.append("<Macro '").append(macro.name()).append("'>");
        } else if (value instanceof Long || value instanceof None) {
            text.append(value.toString());
        } else if (value instanceof BigInteger whole) {
            text.append(Numbers.digits(whole));
        } else {
            text.append('<').append(type(value)).append(" object>");
        }
    }

    /** The content of a namespace, or dots if it is already being printed. */
    private static void namespace(Namespace namespace, Text text, int depth) {
        Set<Namespace> written = Budget.current().written;
        if (!written.add(namespace)) {
            text.append("<Namespace {...}>");
            return;
        }
        try {
            text.append("<Namespace ");
            entries(namespace.values(), text, depth);
            text.append('>');
        } finally {
            written.remove(namespace);
        }
    }

    static void nested(int depth) {
        if (depth > Budget.DEEPEST) {
            throw new TemplateException("values are nested too deeply");
        }
        Budget.step();
    }

    private static void entries(Map<?, ?> map, Text text, int depth) {
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

    private static void items(List<?> items, Text text, int depth) {
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            repr(items.get(i), text, depth + 1);
        }
    }

    private static void quote(String string, Text text) {
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
                text.append(Escapes.escaped(c));
            }
        });
        text.append(quote);
    }

    /** A whole number, as an index or a count requires. */
    static long integer(Object value) {
        return Numbers.index(value);
    }

    /** The items of a value for a loop, one at a time. */
    static Iterator<Object> iterator(Object value) {
        return value instanceof Generator generator ? generator : items(value).iterator();
    }

    /** The items of a value for a loop. */
    static List<Object> items(Object value) {
        Budget.read(value);
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
            Budget.items(map.size());
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String || value instanceof Markup) {
            Budget.items(text(value).length());
            List<Object> characters = new ArrayList<>();
            text(value).codePoints().forEach(c -> characters.add(Character.toString(c)));
            return characters;
        }
        if (value instanceof Generator generator) {
            List<Object> items = new ArrayList<>();
            generator.forEachRemaining(item -> {
                Budget.items(1);
                items.add(item);
            });
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
            Budget.scan(text.length());
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

    static Object add(Object a, Object b) {
        if (isText(a) && isText(b)) {
            if (a instanceof Markup || b instanceof Markup) {
                return new Markup(new Text()
                        .append(Markup.escape(a).text())
                        .append(Markup.escape(b).text())
                        .toString());
            }
            Budget.text((long) text(a).length() + text(b).length());
            return text(a).concat(text(b));
        }
        if (isList(a) && isList(b)) {
            return added(items(a), items(b));
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            return new Tuple(added(one.items(), two.items()));
        }
        return arithmetic("+", a, b);
    }

    private static List<Object> added(List<Object> one, List<Object> two) {
        Budget.items((long) one.size() + two.size());
        List<Object> sum = new ArrayList<>(one.size() + two.size());
        sum.addAll(one);
        sum.addAll(two);
        return sum;
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    private static boolean isList(Object value) {
        return value instanceof List && !(value instanceof PythonRange);
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
            return Markup.like(repeated, Text.repeated(text(repeated), times));
        }
        List<Object> items = items(repeated);
        Budget.items((long) items.size() * times);
        List<Object> product = new ArrayList<>();
        for (int i = 0; i < times && !items.isEmpty(); i++) {
            product.addAll(items);
        }
        return repeated instanceof Tuple ? new Tuple(product) : product;
    }

    /** {@code a % b}: the remainder of a division, or a format. */
    static Object percent(Object a, Object b) {
        if (a instanceof String format) {
            return Formatting.percent(format, b, false);
        }
        return a instanceof Markup format
                ? new Markup(Formatting.percent(format.text(), b, true))
                : arithmetic("%", a, b);
    }

    /** Applies one of + - * / // % ** to numbers. */
    static Object arithmetic(String operator, Object a, Object b) {
        refuseUndefined(a, b);
        if (!Numbers.is(a) || !Numbers.is(b)) {
            throw new TemplateException(
                    "unsupported operand types for " + operator + ": '" + type(a) + "' and '" + type(b) + "'");
        }
        return Numbers.arithmetic(operator, a, b);
    }

    /** Applies unary minus or plus. */
    static Object signed(boolean minus, Object a) {
        refuseUndefined(a, a);
        if (!Numbers.is(a)) {
            throw new TemplateException("bad operand type for unary " + (minus ? "-" : "+") + ": '" + type(a) + "'");
        }
        return minus ? Numbers.negated(a) : a instanceof Double ? a : Numbers.of(Numbers.whole(a));
    }

    static void refuseUndefined(Object a, Object b) {
        if (a instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.error();
        }
    }
}
