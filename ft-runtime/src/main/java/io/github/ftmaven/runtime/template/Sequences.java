package io.github.ftmaven.runtime.template;

import io.github.ftmaven.runtime.template.Filters.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Filters of sequences. Those that are lazy in Jinja return a {@link Generator}, with what that means. */
final class Sequences {
    private Sequences() {}

    static void define(Map<String, Filter> filters) {
        filters.put("list", (value, a) -> new ArrayList<>(Python.items(value)));
        filters.put("first", (value, a) -> firstOf(Python.items(value), "first"));
        filters.put("last", (value, a) -> last(value));
        filters.put("join", Sequences::join);
        filters.put("items", (value, a) -> items(value));
        filters.put("dictsort", Sequences::dictsort);
        filters.put("sort", Sequences::sort);
        filters.put("unique", Sequences::unique);
        filters.put("min", (value, a) -> extreme(value, a, -1));
        filters.put("max", (value, a) -> extreme(value, a, 1));
        filters.put("sum", Sequences::sum);
        filters.put("reverse", (value, a) -> reverse(value));
        filters.put("map", Sequences::map);
        filters.put("select", (value, a) -> select(value, test(a, 0), true));
        filters.put("reject", (value, a) -> select(value, test(a, 0), false));
        filters.put("selectattr", (value, a) -> select(value, attributeTest(a), true));
        filters.put("rejectattr", (value, a) -> select(value, attributeTest(a), false));
        filters.put("groupby", Sequences::groupBy);
        filters.put("batch", Sequences::batch);
        filters.put("slice", Sequences::slices);
    }

    /** The pairs of a mapping. */
    static List<Object> entries(Map<?, ?> map) {
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(new Tuple(List.of(key, value))));
        return entries;
    }

    private static Object items(Object value) {
        if (value instanceof Undefined) {
            return new Generator(List.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new Generator(entries(map));
        }
        throw new TemplateException("can only get item pairs from a mapping");
    }

    private static Object firstOf(List<Object> items, String which) {
        return items.isEmpty() ? new Undefined("the " + which + " item of an empty sequence") : items.get(0);
    }

    private static Object last(Object value) {
        if (value instanceof Generator) {
            throw new TemplateException("'generator' object is not reversible");
        }
        List<Object> items = Python.items(value);
        return items.isEmpty() ? firstOf(items, "last") : items.get(items.size() - 1);
    }

    private static String join(Object value, Arguments arguments) {
        String separator = arguments.text(0, "d", "");
        UnaryOperator<Object> attribute = attribute(arguments.get(1, "attribute", None.NONE), None.NONE);
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (Object item : Python.items(value)) {
            text.append(first ? "" : separator).append(Python.text(attribute.apply(item)));
            first = false;
        }
        return text.toString();
    }

    /** The way to an attribute: {@code a.b}, {@code 0}, {@code a.0}; None for the item itself. */
    private static UnaryOperator<Object> attribute(Object path, Object fallback) {
        if (path == None.NONE) {
            return item -> item;
        }
        List<String> parts = List.of(Python.text(path).split("\\.", -1));
        return item -> {
            Object value = item;
            for (String part : parts) {
                boolean index = !part.isEmpty() && part.chars().allMatch(Character::isDigit);
                value = Lookup.item(value, index ? (Object) Long.valueOf(part) : part);
                if (value instanceof Undefined && fallback != None.NONE) {
                    return fallback;
                }
            }
            return value;
        };
    }

    /** The order of sorting: case matters only on request. */
    private static UnaryOperator<Object> folded(boolean caseSensitive) {
        return value -> !caseSensitive && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static List<Object> dictsort(Object value, Arguments arguments) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException("dictsort needs a mapping, not " + Python.type(value));
        }
        UnaryOperator<Object> folded = folded(arguments.flag(0, "case_sensitive", false));
        long by = arguments.text(1, "by", "key").equals("value") ? 1 : 0;
        List<Object> entries = entries(map);
        Comparator<Object> order =
                (a, b) -> Python.compare(folded.apply(Lookup.item(a, by)), folded.apply(Lookup.item(b, by)));
        entries.sort(arguments.flag(2, "reverse", false) ? reversed(order) : order);
        return entries;
    }

    /** The other way round, equal items still in their order. */
    private static Comparator<Object> reversed(Comparator<Object> order) {
        return (a, b) -> order.compare(b, a);
    }

    private static List<Object> sort(Object value, Arguments arguments) {
        UnaryOperator<Object> folded = folded(arguments.flag(1, "case_sensitive", false));
        Object wanted = arguments.get(2, "attribute", None.NONE);
        List<UnaryOperator<Object>> attributes = new ArrayList<>();
        if (wanted == None.NONE) {
            attributes.add(attribute(None.NONE, None.NONE));
        } else {
            for (String path : Python.text(wanted).split(",", -1)) {
                attributes.add(attribute(path, None.NONE));
            }
        }
        Comparator<Object> order = (a, b) -> {
            for (UnaryOperator<Object> attribute : attributes) {
                int compared = Python.compare(folded.apply(attribute.apply(a)), folded.apply(attribute.apply(b)));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
        List<Object> items = new ArrayList<>(Python.items(value));
        items.sort(arguments.flag(0, "reverse", false) ? reversed(order) : order);
        return items;
    }

    private static Generator unique(Object value, Arguments arguments) {
        UnaryOperator<Object> folded = folded(arguments.flag(0, "case_sensitive", false));
        UnaryOperator<Object> attribute = attribute(arguments.get(1, "attribute", None.NONE), None.NONE);
        List<Object> seen = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        for (Object item : Python.items(value)) {
            Object key = folded.apply(attribute.apply(item));
            if (seen.stream().noneMatch(other -> Python.equal(other, key))) {
                seen.add(key);
                kept.add(item);
            }
        }
        return new Generator(kept);
    }

    private static Object extreme(Object value, Arguments arguments, int sign) {
        UnaryOperator<Object> folded = folded(arguments.flag(0, "case_sensitive", false));
        UnaryOperator<Object> attribute = attribute(arguments.get(1, "attribute", None.NONE), None.NONE);
        List<Object> items = Python.items(value);
        Object best = firstOf(items, "first");
        for (Object item : items) {
            int compared = Python.compare(folded.apply(attribute.apply(item)), folded.apply(attribute.apply(best)));
            best = compared * sign > 0 ? item : best;
        }
        return best;
    }

    private static Object sum(Object value, Arguments arguments) {
        UnaryOperator<Object> attribute = attribute(arguments.get(0, "attribute", None.NONE), None.NONE);
        Object sum = arguments.get(1, "start", 0L);
        for (Object item : Python.items(value)) {
            sum = Python.add(sum, attribute.apply(item));
        }
        return sum;
    }

    private static Object reverse(Object value) {
        if (value instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        }
        List<Object> items = new ArrayList<>(Python.items(value));
        Collections.reverse(items);
        return new Generator(items);
    }

    private static Generator map(Object value, Arguments arguments) {
        List<Object> mapped = new ArrayList<>();
        if (arguments.positional().isEmpty()) {
            UnaryOperator<Object> attribute =
                    attribute(arguments.get(0, "attribute"), arguments.get(Integer.MAX_VALUE, "default", None.NONE));
            Python.items(value).forEach(item -> mapped.add(attribute.apply(item)));
        } else {
            String filter = arguments.text(0, "name", "");
            Arguments rest = arguments.from(1);
            Python.items(value).forEach(item -> mapped.add(Filters.apply(filter, item, rest)));
        }
        return new Generator(mapped);
    }

    private static Predicate<Object> test(Arguments arguments, int from) {
        if (arguments.positional().size() <= from) {
            return Python::truth;
        }
        String test = Python.text(arguments.positional().get(from));
        Arguments rest = arguments.from(from + 1);
        String name = switch (test) {
            case "==" -> "eq";
            case "!=" -> "ne";
            case "<" -> "lt";
            case "<=" -> "le";
            case ">" -> "gt";
            case ">=" -> "ge";
            default -> test;
        };
        return value -> Tests.holds(name, value, rest);
    }

    private static Predicate<Object> attributeTest(Arguments arguments) {
        UnaryOperator<Object> attribute = attribute(arguments.get(0, "attribute"), None.NONE);
        Predicate<Object> test = test(arguments, 1);
        return item -> test.test(attribute.apply(item));
    }

    private static Generator select(Object value, Predicate<Object> test, boolean wanted) {
        List<Object> kept = new ArrayList<>();
        for (Object item : Python.items(value)) {
            if (test.test(item) == wanted) {
                kept.add(item);
            }
        }
        return new Generator(kept);
    }

    private static List<Object> groupBy(Object value, Arguments arguments) {
        UnaryOperator<Object> attribute =
                attribute(arguments.get(0, "attribute"), arguments.get(1, "default", None.NONE));
        UnaryOperator<Object> folded = folded(arguments.flag(2, "case_sensitive", false));
        Map<Object, List<Object>> groups = new TreeMap<>(Python::compare);
        Map<Object, Object> names = new LinkedHashMap<>();
        for (Object item : Python.items(value)) {
            Object name = attribute.apply(item);
            groups.computeIfAbsent(folded.apply(name), key -> new ArrayList<>()).add(item);
            names.putIfAbsent(folded.apply(name), name);
        }
        List<Object> pairs = new ArrayList<>();
        groups.forEach((key, items) -> {
            pairs.add(new Tuple(List.of(names.getOrDefault(key, key), items)));
        });
        return pairs;
    }

    private static Generator batch(Object value, Arguments arguments) {
        int size = Math.max(1, arguments.integer(0, "linecount", 1));
        Object fill = arguments.get(1, "fill_with", None.NONE);
        List<Object> batches = new ArrayList<>();
        List<Object> items = Python.items(value);
        for (int start = 0; start < items.size(); start += size) {
            List<Object> batch = new ArrayList<>(items.subList(start, Math.min(items.size(), start + size)));
            while (fill != None.NONE && batch.size() < size) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return new Generator(batches);
    }

    private static Generator slices(Object value, Arguments arguments) {
        int count = Math.max(1, arguments.integer(0, "slices", 1));
        Object fill = arguments.get(1, "fill_with", None.NONE);
        List<Object> items = Python.items(value);
        int each = items.size() / count;
        int longer = items.size() % count;
        List<Object> slices = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < count; i++) {
            int end = start + each + (i < longer ? 1 : 0);
            List<Object> slice = new ArrayList<>(items.subList(start, end));
            if (fill != None.NONE && i >= longer && longer > 0) {
                slice.add(fill);
            }
            slices.add(slice);
            start = end;
        }
        return new Generator(slices);
    }
}
