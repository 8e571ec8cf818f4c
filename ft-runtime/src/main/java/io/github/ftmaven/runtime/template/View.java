package io.github.ftmaven.runtime.template;

import java.util.List;

/**
 * The result of a dict's {@code keys()}, {@code values()} or {@code items()}: iterable in order, but not indexable.
 *
 * @param type the Python name of its type
 */
record View(String type, List<Object> items) {}
