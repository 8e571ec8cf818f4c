/** Python's regular expressions, in Java's. */
@NullMarked
package io.github.ftmaven.runtime.python;

import org.jspecify.annotations.NullMarked;
