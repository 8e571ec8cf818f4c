/** The YAML spec as records, and its strict reading with line and column. */
@NullMarked
package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.NullMarked;
