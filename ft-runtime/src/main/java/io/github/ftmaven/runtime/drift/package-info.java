/** What a dataset looks like, in numbers that travel with an adapter, and how far another one is from it. */
@NullMarked
package io.github.ftmaven.runtime.drift;

import org.jspecify.annotations.NullMarked;
