/** The bytes that a training and an evaluation take, and what fits; from values alone. */
@NullMarked
package io.github.ftmaven.runtime.memory;

import org.jspecify.annotations.NullMarked;
