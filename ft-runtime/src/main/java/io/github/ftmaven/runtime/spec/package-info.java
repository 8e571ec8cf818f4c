/** The YAML spec as records, and its strict reader, which reports line and column. */
@NullMarked
package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.NullMarked;
