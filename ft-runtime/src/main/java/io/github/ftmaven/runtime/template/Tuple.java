package io.github.ftmaven.runtime.template;

import java.util.List;

/**
 * Python's tuple.
 *
 * @param names the items' names, if they have any
 */
record Tuple(List<Object> items, List<String> names) {
    Tuple(List<Object> items) {
        this(items, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple tuple && items.equals(tuple.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }
}
