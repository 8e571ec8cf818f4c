package io.github.ftmaven.runtime.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arguments of a call. */
record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    int size() {
        return positional.size() + named.size();
    }

    boolean has(int index, String name) {
        return index < positional.size() || named.containsKey(name);
    }

    Object get(int index, String name, Object fallback) {
        if (index < positional.size()) {
            return positional.get(index);
        }
        Object value = named.get(name);
        return value == null ? fallback : value;
    }

    Object get(int index, String name) {
        if (!has(index, name)) {
            throw new TemplateException("missing argument '" + name + "'");
        }
        return get(index, name, None.NONE);
    }

    String text(int index, String name, String fallback) {
        return Python.text(get(index, name, fallback));
    }

    int integer(int index, String name, int fallback) {
        long value = Python.integer(get(index, name, (long) fallback));
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    boolean flag(int index, String name, boolean fallback) {
        return Python.truth(get(index, name, fallback));
    }

    /** These arguments without the first positional ones. */
    Arguments from(int index) {
        return new Arguments(
                new ArrayList<>(positional.subList(Math.min(index, positional.size()), positional.size())), named);
    }
}
