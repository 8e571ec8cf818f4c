/** What a stage's result was made from, and whether that has changed since. */
@NullMarked
package io.github.ftmaven.plugin.stamp;

import org.jspecify.annotations.NullMarked;
