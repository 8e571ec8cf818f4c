/** Puts the questions of a spec to models and computes their metrics. */
@NullMarked
package io.github.ftmaven.runtime.evaluation;

import org.jspecify.annotations.NullMarked;
