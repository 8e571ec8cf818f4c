/** Metrics, and the answers they are computed from. */
@NullMarked
package io.github.ftmaven.runtime.evaluation;

import org.jspecify.annotations.NullMarked;
