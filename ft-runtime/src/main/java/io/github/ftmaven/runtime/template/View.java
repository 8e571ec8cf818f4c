package io.github.ftmaven.runtime.template;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dict give: read in order, but without places.
 *
 * @param type the name of its type in Python
 */
record View(String type, List<Object> items) {}
