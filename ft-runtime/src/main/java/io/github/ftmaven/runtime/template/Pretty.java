package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python's {@code pformat}, of what fits on one line: the keys of dicts in their order. */
final class Pretty {
    private static final int WIDTH = 80;

    private Pretty() {}

    static String of(Object value) {
        String text = Python.repr(sorted(value));
        if (text.length() > WIDTH) {
            throw new TemplateException("pprint of more than " + WIDTH + " characters is not supported");
        }
        return text;
    }

    private static Object sorted(Object value) {
        if (value instanceof List<?> list && !(value instanceof Range)) {
            return list.stream().map(item -> sorted((Object) item)).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        entries.sort(Comparator.comparing(entry -> entry.getKey(), Python::compare));
        Map<Object, Object> sorted = new LinkedHashMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), sorted(entry.getValue())));
        return sorted;
    }
}
