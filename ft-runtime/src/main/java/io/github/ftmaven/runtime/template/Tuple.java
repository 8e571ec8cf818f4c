package io.github.ftmaven.runtime.template;

import java.util.List;

/** Python's tuple. */
record Tuple(List<Object> items) {}
