package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python's {@code pformat} for values that fit on one line; dicts keep the order of their keys. */
final class Pretty {
    private static final int WIDTH = 80;

    private Pretty() {}

    static String of(Object value) {
        String text = Python.repr(sorted(value, 0));
        if (text.length() > WIDTH) {
            throw new TemplateException("pprint of more than " + WIDTH + " characters is not supported");
        }
        return text;
    }

    private static Object sorted(Object value, int depth) {
        if (depth > Budget.DEEPEST) {
            throw new TemplateException("values are nested too deeply");
        }
        Budget.step();
        if (value instanceof List<?> list && !(value instanceof PythonRange)) {
            Budget.items(list.size());
            List<Object> sorted = new ArrayList<>();
            list.forEach(item -> sorted.add(sorted(item, depth + 1)));
            return sorted;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Budget.entries(map.size());
        Map<Object, Object> sorted = new LinkedHashMap<>();
        Sequences.sorted(map, true).forEach(entry -> sorted.put(entry.getKey(), sorted(entry.getValue(), depth + 1)));
        return sorted;
    }
}
