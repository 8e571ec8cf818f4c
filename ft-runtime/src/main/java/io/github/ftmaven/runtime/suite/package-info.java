/** Reads promptfoo configurations strictly, runs them, and reports results as promptfoo does. */
@NullMarked
package io.github.ftmaven.runtime.suite;

import org.jspecify.annotations.NullMarked;
