/** Python's regular expressions. */
@NullMarked
package io.github.ftmaven.runtime.python;

import org.jspecify.annotations.NullMarked;
