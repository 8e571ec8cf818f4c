/** The adapter as a jar, the same to the byte for the same content. */
@NullMarked
package io.github.ftmaven.plugin.artifact;

import org.jspecify.annotations.NullMarked;
