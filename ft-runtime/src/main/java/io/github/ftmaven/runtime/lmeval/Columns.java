package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.template.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives each column one type, as Arrow does. */
final class Columns {
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}(:\\d{2}(:\\d{2})?)?(Z|[+-]\\d{2}(:?\\d{2})?)?)?");

    private Columns() {}

    /** The entries of an object. */
    static Map<Object, Object> object(Object value) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            entries.putAll(map);
        }
        return entries;
    }

    /**
     * Unifies the type of values: objects get the same keys, lists entries of one type, and integers become reals
     * beside reals.
     *
     * @param sources the source of each value
     * @throws InvalidInputException if the types are incompatible
     */
    static List<Object> unify(List<Object> values, List<String> sources) {
        Set<String> kinds = new LinkedHashSet<>();
        int last = 0;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != None.NONE && kinds.add(kind(values.get(i)))) {
                last = i;
            }
        }
        if (kinds.equals(Set.of("whole", "real"))) {
            return values.stream().map(Columns::real).toList();
        }
        if (kinds.size() > 1) {
            throw new InvalidInputException(sources.get(last) + ": the value is of type " + kind(values.get(last))
                    + ", but other values of the column are not (" + String.join(", ", kinds)
                    + "). All values of a column must have one type.");
        }
        return switch (kinds.isEmpty() ? "" : kinds.iterator().next()) {
            case "object" -> objects(values, sources);
            case "list" -> lists(values, sources);
            case "text" -> texts(values, sources);
            default -> values;
        };
    }

    private static String kind(Object value) {
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof String) {
            return "text";
        }
        return value instanceof Boolean ? "boolean" : value instanceof Double ? "real" : "whole";
    }

    private static Object real(Object value) {
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }

    private static List<Object> texts(List<Object> values, List<String> sources) {
        boolean times = values.stream()
                .allMatch(value -> value == None.NONE
                        || (value instanceof String text && TIME.matcher(text).matches()));
        if (times) {
            throw new InvalidInputException(
                    sources.get(0) + ": like every row of its column, this one has a time, which"
                            + " lm-eval would read as a date instead of text. Use another notation.");
        }
        return values;
    }

    private static List<Object> objects(List<Object> values, List<String> sources) {
        Set<Object> keys = new LinkedHashSet<>();
        values.forEach(value -> keys.addAll(object(value).keySet()));
        List<Map<Object, Object>> objects = new ArrayList<>();
        values.forEach(value -> objects.add(new LinkedHashMap<>()));
        for (Object key : keys) {
            List<Object> column = values.stream()
                    .map(value -> object(value).getOrDefault(key, None.NONE))
                    .toList();
            List<String> places =
                    sources.stream().map(source -> source + ": " + key).toList();
            List<Object> unified = unify(column, places);
            for (int i = 0; i < values.size(); i++) {
                objects.get(i).put(key, unified.get(i));
            }
        }
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            result.add(values.get(i) == None.NONE ? None.NONE : objects.get(i));
        }
        return result;
    }

    private static List<Object> lists(List<Object> values, List<String> sources) {
        List<Object> all = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof List<?> list) {
                for (Object item : list) {
                    all.add(item);
                    places.add(sources.get(i));
                }
            }
        }
        List<Object> unified = unify(all, places);
        List<Object> result = new ArrayList<>();
        int next = 0;
        for (Object value : values) {
            if (value instanceof List<?> list) {
                result.add(List.copyOf(unified.subList(next, next + list.size())));
                next += list.size();
            } else {
                result.add(value);
            }
        }
        return result;
    }
}
