/** The plugin as an extension of Maven: what it tells other extensions before a build begins. */
@NullMarked
package io.github.ftmaven.plugin.extension;

import org.jspecify.annotations.NullMarked;
