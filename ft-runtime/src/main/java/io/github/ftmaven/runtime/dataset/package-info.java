/** Reads, checks and splits examples. */
@NullMarked
package io.github.ftmaven.runtime.dataset;

import org.jspecify.annotations.NullMarked;
