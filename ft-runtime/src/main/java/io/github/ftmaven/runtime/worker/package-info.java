/** The process entry point: it reads a request file and writes a stream of events. */
@NullMarked
package io.github.ftmaven.runtime.worker;

import org.jspecify.annotations.NullMarked;
