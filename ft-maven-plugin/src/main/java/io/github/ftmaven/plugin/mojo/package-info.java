/**
 * The goals. Each is one small class: it turns parameters into a request, makes one call, and reports the result to
 * Maven.
 */
@NullMarked
package io.github.ftmaven.plugin.mojo;

import org.jspecify.annotations.NullMarked;
