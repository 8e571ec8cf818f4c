/** Starts, watches and stops the forked process, and shows its progress. */
@NullMarked
package io.github.ftmaven.plugin.worker;

import org.jspecify.annotations.NullMarked;
