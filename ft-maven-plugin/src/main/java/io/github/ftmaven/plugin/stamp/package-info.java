/** The inputs of a stage's result, and whether they have changed since. */
@NullMarked
package io.github.ftmaven.plugin.stamp;

import org.jspecify.annotations.NullMarked;
