/** JSON Schema of drafts 4 to 2020-12, offline and within limits. */
@NullMarked
package io.github.ftmaven.runtime.schema;

import org.jspecify.annotations.NullMarked;
