/** Looks for what is wrong with examples: repeats, leaks, labels, secrets, broken text. Knows texts alone. */
@NullMarked
package io.github.ftmaven.runtime.checks;

import org.jspecify.annotations.NullMarked;
