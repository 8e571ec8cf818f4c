/** The events that a worker reports to its parent, through a file. */
@NullMarked
package io.github.ftmaven.runtime.journal;

import org.jspecify.annotations.NullMarked;
