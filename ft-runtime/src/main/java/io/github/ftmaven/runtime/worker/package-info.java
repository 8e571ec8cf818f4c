/** The process entry: one request file in, a stream of events out. */
@NullMarked
package io.github.ftmaven.runtime.worker;

import org.jspecify.annotations.NullMarked;
