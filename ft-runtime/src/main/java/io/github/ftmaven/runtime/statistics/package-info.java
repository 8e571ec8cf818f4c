/** The evidence that a sample gives: tests, intervals, power. Knows numbers only. */
@NullMarked
package io.github.ftmaven.runtime.statistics;

import org.jspecify.annotations.NullMarked;
