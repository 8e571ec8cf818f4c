/** Models on a Hugging Face hub, kept in the cache that its official client shares. */
@NullMarked
package io.github.ftmaven.runtime.hub;

import org.jspecify.annotations.NullMarked;
