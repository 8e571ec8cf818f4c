/** What Maven says of a build: its plan, its properties, which goal owns which files, and where the user is at home. */
@NullMarked
package io.github.ftmaven.plugin.build;

import org.jspecify.annotations.NullMarked;
