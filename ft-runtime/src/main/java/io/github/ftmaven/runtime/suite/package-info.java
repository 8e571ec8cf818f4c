/** promptfoo configurations: read strictly, run, and reported as promptfoo reports them. */
@NullMarked
package io.github.ftmaven.runtime.suite;

import org.jspecify.annotations.NullMarked;
