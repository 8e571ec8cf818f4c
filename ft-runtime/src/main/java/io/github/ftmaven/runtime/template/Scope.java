package io.github.ftmaven.runtime.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values; names set here hide those of the scope around it and never leave it. */
final class Scope {
    private final @Nullable Scope around;
    private final Map<String, Object> values = new HashMap<>();

    Scope(@Nullable Scope around) {
        this.around = around;
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Object value = scope.values.get(name);
            if (value != null) {
                return value;
            }
        }
        return new Undefined("'" + name + "'");
    }
}
