/** What Maven's resolver brings: the worker's class path and the native libraries of this platform. */
@NullMarked
package io.github.ftmaven.plugin.repository;

import org.jspecify.annotations.NullMarked;
