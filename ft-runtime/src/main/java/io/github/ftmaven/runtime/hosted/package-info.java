/** Fine-tuning at a service: the job of a key, its data, its price, its progress, and the adapter that it gives back. */
@NullMarked
package io.github.ftmaven.runtime.hosted;

import org.jspecify.annotations.NullMarked;
