package io.github.ftmaven.runtime.template;

import io.github.ftmaven.runtime.template.Filters.Filter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Filters of sequences. Filters that are lazy in Jinja return a {@link Generator}, which behaves accordingly. */
final class Sequences {
    private static final int MOST_SLICES = 100_000;

    private Sequences() {}

    static void define(Map<String, Filter> filters) {
        filters.put("list", (value, a) -> new ArrayList<>(Python.items(value)));
        filters.put("first", (value, a) -> first(value));
        filters.put("last", (value, a) -> last(value));
        filters.put("join", Sequences::join);
        filters.put("items", (value, a) -> new Generator(() -> items(value)));
        filters.put("dictsort", Sequences::dictsort);
        filters.put("sort", Sequences::sort);
        filters.put("unique", Sequences::unique);
        filters.put("min", (value, a) -> extreme(value, a, -1));
        filters.put("max", (value, a) -> extreme(value, a, 1));
        filters.put("sum", Sequences::sum);
        filters.put("reverse", (value, a) -> reverse(value));
        filters.put("map", (value, a) -> lazily(value, items -> Generator.changed(items, mapping(a))));
        filters.put("select", (value, a) -> lazily(value, items -> Generator.kept(items, test(a, 0))));
        filters.put(
                "reject",
                (value, a) ->
                        lazily(value, items -> Generator.kept(items, test(a, 0).negate())));
        filters.put("selectattr", (value, a) -> lazily(value, items -> Generator.kept(items, attributeTest(a))));
        filters.put(
                "rejectattr",
                (value, a) -> lazily(
                        value, items -> Generator.kept(items, attributeTest(a).negate())));
        filters.put("groupby", Sequences::groupBy);
        filters.put("batch", (value, a) -> batches(value, a.get(0, "linecount"), a.get(1, "fill_with", None.NONE)));
        filters.put("slice", (value, a) -> slices(value, a.get(0, "slices"), a.get(1, "fill_with", None.NONE)));
    }

    /** False values, such as None, have no items; their filter is not even checked. */
    private static Generator lazily(Object value, UnaryOperator<Iterator<Object>> filter) {
        return Generator.over(
                value,
                () -> Python.truth(value)
                        ? filter.apply(Python.iterator(value))
                        : List.of().iterator());
    }

    /** The pairs of a mapping. */
    static List<Object> entries(Map<?, ?> map) {
        Budget.items(2L * map.size());
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(new Tuple(List.of(key, value))));
        return entries;
    }

    /** The entries of a mapping, optionally sorted by key. */
    static List<Map.Entry<?, ?>> sorted(Map<?, ?> map, boolean byKey) {
        Budget.items(map.size());
        if (!byKey) {
            return new ArrayList<>(map.entrySet());
        }
        List<Map.Entry<?, ?>> sorted = new ArrayList<>();
        for (Object entry : Sorting.sorted(
                new ArrayList<>(map.entrySet()), Comparator.comparing(Sequences::key, Comparisons::compare))) {
            sorted.add((Map.Entry<?, ?>) entry);
        }
        return sorted;
    }

    private static Object key(Object entry) {
        return ((Map.Entry<?, ?>) entry).getKey();
    }

    private static Iterator<Object> items(Object value) {
        if (value instanceof Undefined) {
            return List.of().iterator();
        }
        if (value instanceof Map<?, ?> map) {
            return entries(map).iterator();
        }
        throw new TemplateException("can only get item pairs from a mapping");
    }

    private static Object first(Object value) {
        Iterator<Object> items = Python.iterator(value);
        return items.hasNext() ? items.next() : new Undefined("the first item of an empty sequence");
    }

    private static Object last(Object value) {
        if (value instanceof Generator || value instanceof Loop) {
            throw new TemplateException("'" + Python.type(value) + "' object is not reversible");
        }
        List<Object> items = Python.items(value);
        return items.isEmpty() ? new Undefined("the last item of an empty sequence") : items.get(items.size() - 1);
    }

    private static String join(Object value, Arguments arguments) {
        String separator = arguments.text(0, "d", "");
        UnaryOperator<Object> attribute = attribute(arguments.get(1, "attribute", None.NONE), None.NONE);
        Text text = new Text();
        boolean first = true;
        for (Object item : Python.items(value)) {
            text.append(first ? "" : separator).append(Python.text(attribute.apply(item)));
            first = false;
        }
        return text.toString();
    }

    /** The path to an attribute: {@code a.b}, {@code 0}, {@code a.0}; None for the item itself. */
    private static UnaryOperator<Object> attribute(Object path, Object fallback) {
        if (path == None.NONE) {
            return item -> item;
        }
        List<Object> parts = Markup.plain(path) instanceof String text
                ? Stream.of(text.split("\\.", -1)).map(Sequences::part).toList()
                : List.of(path);
        return item -> {
            Object value = item;
            for (Object part : parts) {
                Budget.step();
                value = Lookup.item(value, part);
                value = value instanceof Undefined && fallback != None.NONE ? fallback : value;
            }
            return value;
        };
    }

    private static Object part(String name) {
        boolean index = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
        return index ? Numbers.of(new BigInteger(name)) : name;
    }

    /** The sort order, which ignores case unless requested. */
    private static UnaryOperator<Object> folded(boolean caseSensitive) {
        return value -> !caseSensitive && Markup.plain(value) instanceof String text ? lower(text) : value;
    }

    private static String lower(String text) {
        Budget.text(text.length());
        return text.toLowerCase(Locale.ROOT);
    }

    private static List<Object> dictsort(Object value, Arguments arguments) {
        String by = arguments.text(1, "by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw new TemplateException("dictsort can only sort by key or value");
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException("dictsort needs a mapping, not " + Python.type(value));
        }
        UnaryOperator<Object> folded = folded(arguments.flag(0, "case_sensitive", false));
        long place = by.equals("value") ? 1 : 0;
        List<Object> entries = entries(map);
        Comparator<Object> order =
                (a, b) -> Comparisons.compare(folded.apply(Lookup.item(a, place)), folded.apply(Lookup.item(b, place)));
        return Sorting.sorted(entries, arguments.flag(2, "reverse", false) ? reversed(order) : order);
    }

    /** The reverse order, in which equal items keep their order. */
    private static Comparator<Object> reversed(Comparator<Object> order) {
        return (a, b) -> order.compare(b, a);
    }

    private static List<Object> sort(Object value, Arguments arguments) {
        UnaryOperator<Object> folded = folded(arguments.flag(1, "case_sensitive", false));
        Object wanted = arguments.get(2, "attribute", None.NONE);
        List<UnaryOperator<Object>> attributes = Markup.plain(wanted) instanceof String text
                ? Stream.of(text.split(",", -1))
                        .map(path -> attribute(path, None.NONE))
                        .toList()
                : List.of(attribute(wanted, None.NONE));
        Comparator<Object> order = (a, b) -> {
            for (UnaryOperator<Object> attribute : attributes) {
                Object one = folded.apply(attribute.apply(a));
                Object two = folded.apply(attribute.apply(b));
                int compared = Comparisons.equal(one, two) ? 0 : Comparisons.compare(one, two);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
        if (!Numbers.isWhole(arguments.get(0, "reverse", false))) {
            throw new TemplateException("sort: reverse must be true or false");
        }
        return Sorting.sorted(Python.items(value), arguments.flag(0, "reverse", false) ? reversed(order) : order);
    }

    private static Generator unique(Object value, Arguments arguments) {
        UnaryOperator<Object> folded = folded(arguments.flag(0, "case_sensitive", false));
        UnaryOperator<Object> attribute = attribute(arguments.get(1, "attribute", None.NONE), None.NONE);
        Map<Object, Object> seen = new LinkedHashMap<>();
        return Generator.over(
                value,
                () -> Generator.kept(Python.iterator(value), item -> {
                    Budget.entries(1);
                    Object key = Lookup.key(seen, folded.apply(attribute.apply(item)));
                    return seen.put(key, item) == null;
                }));
    }

    private static Object extreme(Object value, Arguments arguments, int sign) {
        UnaryOperator<Object> folded = folded(arguments.flag(0, "case_sensitive", false));
        UnaryOperator<Object> attribute = attribute(arguments.get(1, "attribute", None.NONE), None.NONE);
        List<Object> items = Python.items(value);
        if (items.isEmpty()) {
            return new Undefined("the greatest or least item of an empty sequence");
        }
        Object best = items.get(0);
        for (Object item : items.subList(1, items.size())) {
            Object one = folded.apply(attribute.apply(item));
            Object other = folded.apply(attribute.apply(best));
            best = Comparisons.ordered(sign < 0 ? "<" : ">", one, other) ? item : best;
        }
        return best;
    }

    private static Object sum(Object value, Arguments arguments) {
        UnaryOperator<Object> attribute = attribute(arguments.get(0, "attribute", None.NONE), None.NONE);
        Object sum = arguments.get(1, "start", 0L);
        if (Markup.plain(sum) instanceof String) {
            throw new TemplateException("sum() can't sum strings");
        }
        for (Object item : Python.items(value)) {
            sum = Python.add(sum, attribute.apply(item));
        }
        return sum;
    }

    private static Object reverse(Object value) {
        if (Markup.plain(value) instanceof String text) {
            return Markup.like(value, Text.reversed(text));
        }
        List<Object> items = new ArrayList<>(Python.items(value));
        Collections.reverse(items);
        if (value instanceof Generator || value instanceof Loop) {
            return items;
        }
        String type = value instanceof List && !(value instanceof PythonRange) ? "list_reverseiterator" : "reversed";
        return new Generator(type, 0, items::iterator);
    }

    private static UnaryOperator<Object> mapping(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            return attribute(arguments.get(0, "attribute"), arguments.get(Integer.MAX_VALUE, "default", None.NONE));
        }
        String filter = arguments.text(0, "name", "");
        Arguments rest = arguments.from(1);
        return item -> Filters.apply(filter, item, rest);
    }

    private static Predicate<Object> test(Arguments arguments, int from) {
        if (arguments.positional().size() <= from) {
            return Python::truth;
        }
        String test = Python.text(arguments.positional().get(from));
        Arguments rest = arguments.from(from + 1);
        return value -> Tests.holds(test, value, rest);
    }

    private static Predicate<Object> attributeTest(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw new TemplateException("the name of an attribute is missing");
        }
        UnaryOperator<Object> attribute = attribute(arguments.positional().get(0), None.NONE);
        Predicate<Object> test = test(arguments, 1);
        return item -> test.test(attribute.apply(item));
    }

    private static List<Object> groupBy(Object value, Arguments arguments) {
        UnaryOperator<Object> attribute =
                attribute(arguments.get(0, "attribute"), arguments.get(1, "default", None.NONE));
        UnaryOperator<Object> folded = folded(arguments.flag(2, "case_sensitive", false));
        UnaryOperator<Object> key = item -> folded.apply(attribute.apply(item));
        List<Object> sorted =
                Sorting.sorted(Python.items(value), (a, b) -> Comparisons.compare(key.apply(a), key.apply(b)));
        List<Object> groups = new ArrayList<>();
        List<Object> group = List.of();
        for (Object item : sorted) {
            if (group.isEmpty() || !Comparisons.equal(key.apply(group.get(0)), key.apply(item))) {
                group = new ArrayList<>();
                groups.add(new Tuple(List.of(attribute.apply(item), group), List.of("grouper", "list")));
            }
            group.add(item);
        }
        return groups;
    }

    private static Generator batches(Object value, Object size, Object fill) {
        return Generator.over(value, () -> batched(value, size, fill));
    }

    private static Iterator<Object> batched(Object value, Object size, Object fill) {
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object item : Python.items(value)) {
            if (Comparisons.equal((long) batch.size(), size)) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            long missing = fill == None.NONE ? 0 : Python.integer(size) - batch.size();
            Budget.items(Math.max(0, missing));
            for (int i = 0; i < missing; i++) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return batches.iterator();
    }

    private static Generator slices(Object value, Object count, Object fill) {
        return Generator.over(value, () -> sliced(value, Python.integer(count), fill));
    }

    private static Iterator<Object> sliced(Object value, long slices, Object fill) {
        List<Object> items = Python.items(value);
        if (slices == 0 || slices > MOST_SLICES) {
            throw new TemplateException("the number of slices cannot be " + slices);
        }
        int count = (int) Math.max(-1, slices);
        int each = Math.floorDiv(items.size(), count);
        int longer = Math.floorMod(items.size(), count);
        List<Object> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < count; i++) {
            int end = start + each + (i < longer ? 1 : 0);
            List<Object> slice = new ArrayList<>(items.subList(start, end));
            if (fill != None.NONE && i >= longer) {
                slice.add(fill);
            }
            parts.add(slice);
            start = end;
        }
        return parts.iterator();
    }
}
