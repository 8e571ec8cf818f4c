/**
 * Uses Maven's resolver for the worker's class path, native libraries, models, released adapters and shared results.
 */
@NullMarked
package io.github.ftmaven.plugin.repository;

import org.jspecify.annotations.NullMarked;
