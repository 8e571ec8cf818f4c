package io.github.ftmaven.runtime.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's comparisons of values: equality, order, and membership. */
final class Comparisons {
    private Comparisons() {}

    static boolean equal(Object a, Object b) {
        return equal(a, b, 0);
    }

    private static boolean equal(Object a, Object b, int depth) {
        Python.nested(depth);
        if (Numbers.is(a) && Numbers.is(b)) {
            return !Numbers.isNan(a) && !Numbers.isNan(b) && Numbers.compare(a, b) == 0;
        }
        if (a instanceof PythonRange || b instanceof PythonRange) {
            return a instanceof PythonRange && b instanceof PythonRange && a.equals(b);
        }
        if (a instanceof List<?> one && b instanceof List<?> two) {
            return equalItems(one, two, depth);
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            return equalItems(one.items(), two.items(), depth);
        }
        if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> two) {
            return equalEntries(one, two, depth);
        }
        if (a instanceof Namespace || b instanceof Namespace) {
            return a == b;
        }
        if (a instanceof View one && b instanceof View two) {
            return one.type().equals(two.type()) && !one.type().equals("dict_values") && sameSet(one, two, depth);
        }
        if (Markup.plain(a) instanceof String one && Markup.plain(b) instanceof String two) {
            Budget.scan(one.length() == two.length() ? one.length() : 0);
            return one.equals(two);
        }
        return a.equals(b);
    }

    private static boolean equalEntries(Map<?, ?> one, Map<?, ?> two, int depth) {
        if (one.size() != two.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            Object value = two.get(Lookup.key(two, entry.getKey()));
            if (value == null || !same(entry.getValue(), value, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameSet(View one, View two, int depth) {
        if (one.items().size() != two.items().size()) {
            return false;
        }
        for (Object item : one.items()) {
            if (two.items().stream().noneMatch(other -> equal(item, other, depth + 1))) {
                return false;
            }
        }
        return true;
    }

    /** The equality of items in containers: an object equals itself, even NaN. */
    private static boolean same(Object a, Object b, int depth) {
        return a == b || equal(a, b, depth);
    }

    private static boolean equalItems(List<?> one, List<?> two, int depth) {
        if (one.size() != two.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), two.get(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Applies one of {@code < <= > >=}. */
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
        return compare(a, b, 0);
    }

    private static int compare(Object a, Object b, int depth) {
        Python.nested(depth);
        if (Numbers.is(a) && Numbers.is(b)) {
            return Numbers.isNan(a) || Numbers.isNan(b) ? 0 : Numbers.compare(a, b);
        }
        if (Markup.plain(a) instanceof String one && Markup.plain(b) instanceof String two) {
            return compareTexts(one, two);
        }
        if (a instanceof List<?> one
                && b instanceof List<?> two
                && !(a instanceof PythonRange)
                && !(b instanceof PythonRange)) {
            return compareItems(one, two, depth + 1);
        }
        if (a instanceof Tuple one && b instanceof Tuple two) {
            return compareItems(one.items(), two.items(), depth + 1);
        }
        Python.refuseUndefined(a, b);
        throw new TemplateException("'" + Python.type(a) + "' and '" + Python.type(b) + "' cannot be compared");
    }

    /** Compares by code points, where Java would compare UTF-16 units. */
    private static int compareTexts(String one, String two) {
        int shared = Math.min(one.length(), two.length());
        Budget.scan(shared);
        for (int i = 0; i < shared; i++) {
            char a = one.charAt(i);
            char b = two.charAt(i);
            if (a != b) {
                // Surrogates belong to larger code points than any other unit.
                boolean halves = Character.isSurrogate(a) != Character.isSurrogate(b);
                return halves ? Character.isSurrogate(a) ? 1 : -1 : Character.compare(a, b);
            }
        }
        return Integer.compare(one.length(), two.length());
    }

    private static int compareItems(List<?> one, List<?> two, int depth) {
        for (int i = 0; i < Math.min(one.size(), two.size()); i++) {
            if (!same(one.get(i), two.get(i), depth)) {
                return compare(one.get(i), two.get(i), depth);
            }
        }
        return Integer.compare(one.size(), two.size());
    }

    static boolean contains(Object container, Object item) {
        if (Markup.plain(container) instanceof String text) {
            if (Markup.plain(item) instanceof String part) {
                return new Search(part).in(text, 0) >= 0;
            }
            Python.refuseUndefined(item, item);
            throw new TemplateException("'in <string>' requires string as left operand, not " + Python.type(item));
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(Lookup.key(map, item));
        }
        Iterator<Object> items = Python.iterator(container);
        while (items.hasNext()) {
            if (same(items.next(), item, 0)) {
                return true;
            }
        }
        return false;
    }
}
