/** The plugin as a Maven extension: it informs other extensions before a build begins. */
@NullMarked
package io.github.ftmaven.plugin.extension;

import org.jspecify.annotations.NullMarked;
