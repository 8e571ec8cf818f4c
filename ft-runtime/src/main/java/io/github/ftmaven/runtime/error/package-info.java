/** The one exception for wrong input from a user, and how messages are worded. */
@NullMarked
package io.github.ftmaven.runtime.error;

import org.jspecify.annotations.NullMarked;
