/**
 * What Maven knows about a build: its plan, its properties, which goal owns which files, and the user's home directory.
 */
@NullMarked
package io.github.ftmaven.plugin.build;

import org.jspecify.annotations.NullMarked;
