/** The training loop, its schedule, checkpoints and log. */
@NullMarked
package io.github.ftmaven.runtime.training;

import org.jspecify.annotations.NullMarked;
