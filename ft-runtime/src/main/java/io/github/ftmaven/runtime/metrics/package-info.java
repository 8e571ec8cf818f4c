/** What an answer is worth: metrics of single answers and of all. */
@NullMarked
package io.github.ftmaven.runtime.metrics;

import org.jspecify.annotations.NullMarked;
