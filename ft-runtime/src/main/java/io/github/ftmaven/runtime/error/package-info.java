/** The one exception for whatever a user wrote or supplied wrongly. */
@NullMarked
package io.github.ftmaven.runtime.error;

import org.jspecify.annotations.NullMarked;
