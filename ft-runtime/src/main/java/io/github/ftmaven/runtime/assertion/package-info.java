/** Checks outputs by promptfoo's assertion types, with its algorithms, scores and reasons. */
@NullMarked
package io.github.ftmaven.runtime.assertion;

import org.jspecify.annotations.NullMarked;
