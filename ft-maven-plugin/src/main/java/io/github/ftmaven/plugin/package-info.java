/** The fine-tune of a project and the location of its files, which every goal uses. */
@NullMarked
package io.github.ftmaven.plugin;

import org.jspecify.annotations.NullMarked;
