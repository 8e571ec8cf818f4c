/** The adapter as a reproducible jar. */
@NullMarked
package io.github.ftmaven.plugin.artifact;

import org.jspecify.annotations.NullMarked;
