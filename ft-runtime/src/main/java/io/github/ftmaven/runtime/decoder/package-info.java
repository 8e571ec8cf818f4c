/** Runs the network: weights and an adapter in native memory, and the methods of {@code decoder.py}. */
@NullMarked
package io.github.ftmaven.runtime.decoder;

import org.jspecify.annotations.NullMarked;
