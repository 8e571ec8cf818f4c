package io.github.ftmaven.runtime.template;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The object of {@code namespace()}, whose attributes templates can set. It can contain itself, so it equals only
 * itself.
 */
final class Namespace {
    private final Map<Object, Object> values;

    Namespace(Map<Object, Object> values) {
        this.values = new LinkedHashMap<>(values);
    }

    Map<Object, Object> values() {
        return values;
    }

    void set(String name, Object value) {
        Budget.entries(1);
        values.put(name, value);
    }
}
