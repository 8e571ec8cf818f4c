/** What a sample says about what it was drawn from: tests, intervals, power. Knows numbers only. */
@NullMarked
package io.github.ftmaven.runtime.statistics;

import org.jspecify.annotations.NullMarked;
