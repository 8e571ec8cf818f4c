/** Decoding with a key-value cache. */
@NullMarked
package io.github.ftmaven.runtime.generation;

import org.jspecify.annotations.NullMarked;
