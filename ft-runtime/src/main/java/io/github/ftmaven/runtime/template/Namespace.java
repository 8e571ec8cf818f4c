package io.github.ftmaven.runtime.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** The object of {@code namespace()}, whose attributes templates may set. */
record Namespace(Map<Object, Object> values) {
    Namespace {
        values = new LinkedHashMap<>(values);
    }
}
