package io.github.ftmaven.runtime.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes, items and slices of values. Methods that would change a value are rejected, as in Jinja's sandbox. */
final class Lookup {
    private static final int MOST_SHOWN = 100;
    private static final Set<String> CHANGING = Set.of(
            "append",
            "clear",
            "extend",
            "insert",
            "pop",
            "popitem",
            "remove",
            "reverse",
            "setdefault",
            "sort",
            "update");

    private Lookup() {}

    /** {@code value.name}: an attribute, else an item. */
    static Object attribute(Object value, String name) {
        Object found = ownAttribute(value, name);
        if (found instanceof Undefined && value instanceof Map<?, ?> map) {
            return itemOf(map, name, found);
        }
        return found;
    }

    /** {@code value[key]}: an item, else an attribute. */
    static Object item(Object value, Object key) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Map<?, ?> map) {
            Object missing = key instanceof String name ? ownAttribute(value, name) : undefined(value, key);
            return isHashable(key, 0) ? itemOf(map, key, missing) : missing;
        }
        if (Numbers.isWhole(key)) {
            long index = Python.integer(key);
            if (value instanceof List<?> list) {
                return at(list, index, value);
            }
            if (value instanceof Tuple tuple) {
                return at(tuple.items(), index, value);
            }
            if (Markup.plain(value) instanceof String text) {
                return character(text, index, value);
            }
        }
        if (key instanceof Markup marked) {
            return item(value, marked.text());
        }
        return key instanceof String name ? ownAttribute(value, name) : undefined(value, key);
    }

    private static Object itemOf(Map<?, ?> map, Object key, Object missing) {
        Object value = map.get(key(map, key));
        return value == null ? missing : value;
    }

    /**
     * The key of a map that equals a value, or the value itself: 1, 1.0 and true are the same key.
     *
     * @throws TemplateException if the value cannot be a key
     */
    static Object key(Map<?, ?> map, Object value) {
        Object key = Markup.plain(value);
        isHashableOrFail(key);
        if (!Numbers.is(key) || map.containsKey(key)) {
            return key;
        }
        Budget.read(map);
        for (Object other : map.keySet()) {
            if (Comparisons.equal(other, key)) {
                return other;
            }
        }
        return key;
    }

    private static Object character(String text, long index, Object value) {
        Budget.scan(text.length());
        int size = text.codePointCount(0, text.length());
        long place = index < 0 ? index + size : index;
        if (place < 0 || place >= size) {
            return undefined(value, index);
        }
        return Markup.like(value, Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) place))));
    }

    static boolean isHashableOrFail(Object value) {
        if (!isHashable(value, 0)) {
            throw new TemplateException("unhashable type: '" + Python.type(value) + "'");
        }
        return true;
    }

    private static boolean isHashable(Object value, int depth) {
        if (depth > Budget.DEEPEST) {
            throw new TemplateException("values are nested too deeply");
        }
        Budget.read(value);
        if (value instanceof Tuple tuple) {
            for (Object item : tuple.items()) {
                if (!isHashable(item, depth + 1)) {
                    return false;
                }
            }
            return true;
        }
        return !(value instanceof Map)
                && (!(value instanceof List) || value instanceof PythonRange)
                && !(value instanceof View);
    }

    private static Object at(List<?> items, long index, Object value) {
        long place = index < 0 ? index + items.size() : index;
        return place >= 0 && place < items.size() ? items.get((int) place) : undefined(value, index);
    }

    private static Object undefined(Object value, Object key) {
        String shown = key instanceof String text
                ? Python.repr(cut(text))
                : Numbers.is(key) && !(key instanceof BigInteger) ? Python.repr(key) : "of type " + Python.type(key);
        return new Undefined("'" + Python.type(value) + " object' has no element " + shown + ", which");
    }

    static Object ownAttribute(Object value, String name) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Namespace namespace) {
            Object found = namespace.values().get(name);
            return found == null ? missing(value, name) : found;
        }
        if (value instanceof Loop loop) {
            return loop.attribute(name);
        }
        if (value instanceof Macro macro) {
            return macro.attribute(name);
        }
        if (value instanceof Tuple tuple && tuple.names().contains(name)) {
            return tuple.items().get(tuple.names().indexOf(name));
        }
        boolean container = (value instanceof List && !(value instanceof PythonRange)) || value instanceof Map;
        if (container && CHANGING.contains(name)) {
            return (Callable) arguments -> {
                throw new TemplateException("'" + name + "' would change a value, which a template may not");
            };
        }
        if (value instanceof String text && StringMethods.has(name)) {
            return (Callable) arguments -> StringMethods.call(text, name, arguments);
        }
        if (value instanceof Markup marked && MarkupMethods.has(name)) {
            return (Callable) arguments -> MarkupMethods.call(marked, name, arguments);
        }
        if (value instanceof Map<?, ?> map) {
            switch (name) {
                case "items" -> {
                    return (Callable) arguments -> Budget.made(new View("dict_items", Sequences.entries(map)));
                }
                case "keys" -> {
                    return (Callable) arguments -> Budget.made(new View("dict_keys", new ArrayList<>(map.keySet())));
                }
                case "values" -> {
                    return (Callable) arguments -> Budget.made(new View("dict_values", new ArrayList<>(map.values())));
                }
                case "copy" -> {
                    return (Callable) arguments -> map;
                }
                case "get" -> {
                    return (Callable)
                            arguments -> itemOf(map, arguments.get(0, "key"), arguments.get(1, "default", None.NONE));
                }
                default -> {
                    return missing(value, name);
                }
            }
        }
        if (value instanceof List<?> || value instanceof Tuple) {
            switch (name) {
                case "copy" -> {
                    return value instanceof List && !(value instanceof PythonRange)
                            ? (Callable) arguments -> value
                            : missing(value, name);
                }
                case "count" -> {
                    return (Callable) arguments -> Python.items(value).stream()
                            .filter(item -> Comparisons.equal(item, arguments.get(0, "value")))
                            .count();
                }
                case "index" -> {
                    return (Callable) arguments -> index(Python.items(value), arguments.get(0, "value"));
                }
                default -> {
                    return missing(value, name);
                }
            }
        }
        if (value instanceof Cycler cycler) {
            return cycler.attribute(name);
        }
        return missing(value, name);
    }

    private static Object index(List<Object> items, Object wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (Comparisons.equal(items.get(i), wanted)) {
                return (long) i;
            }
        }
        throw new TemplateException(Python.repr(wanted) + " is not in list");
    }

    /** A name that fits in a message. Each missing value creates a message, which is often never read. */
    private static String cut(String name) {
        return name.length() <= MOST_SHOWN ? name : name.substring(0, MOST_SHOWN) + "…";
    }

    static Undefined missing(Object value, String name) {
        return new Undefined("'" + Python.type(value) + " object' has no attribute '" + cut(name) + "', which");
    }

    /** {@code value[start:stop:step]}; None leaves a bound out. */
    static Object slice(Object value, Object start, Object stop, Object step) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (!(value instanceof String)
                && !(value instanceof Markup)
                && !(value instanceof List)
                && !(value instanceof Tuple)) {
            throw new TemplateException("'" + Python.type(value) + "' object cannot be sliced");
        }
        long stride = step == None.NONE ? 1 : Python.integer(step);
        if (stride == 0) {
            throw new TemplateException("slice step cannot be zero");
        }
        boolean text = Markup.plain(value) instanceof String;
        int size = (int) Python.length(value);
        // A step beyond the other end need not be larger.
        stride = Math.max(-size - 1L, Math.min(size + 1L, stride));
        long from = bound(start, stride > 0 ? 0 : size - 1L, size, stride);
        long to = bound(stop, stride > 0 ? size : -1, size, stride);
        if (value instanceof PythonRange range) {
            return range.slice(from, to, stride);
        }
        if (text && stride == 1) {
            return Markup.like(value, part(Python.text(value), (int) from, (int) Math.max(from, to)));
        }
        List<Object> items = Python.items(value);
        Budget.items(Math.max(0, (to - from) / stride));
        List<Object> part = new ArrayList<>();
        for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
            part.add(items.get((int) i));
        }
        if (text) {
            return Markup.like(
                    value, Text.joined("", part.stream().map(Python::text).toList()));
        }
        return value instanceof Tuple ? new Tuple(part) : part;
    }

    /** The characters from {@code start} to before {@code end}. */
    private static String part(String text, int from, int to) {
        Budget.text(to - from);
        int start = text.offsetByCodePoints(0, from);
        return text.substring(start, text.offsetByCodePoints(start, to - from));
    }

    private static long bound(Object bound, long fallback, int size, long stride) {
        if (bound == None.NONE) {
            return fallback;
        }
        long place = Python.integer(bound);
        place = place < 0 ? place + size : place;
        return stride > 0 ? Math.min(Math.max(place, 0), size) : Math.min(Math.max(place, -1), size - 1L);
    }
}
