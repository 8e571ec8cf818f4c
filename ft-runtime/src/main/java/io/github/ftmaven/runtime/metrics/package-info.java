/** Metrics of single answers and of all answers. */
@NullMarked
package io.github.ftmaven.runtime.metrics;

import org.jspecify.annotations.NullMarked;
