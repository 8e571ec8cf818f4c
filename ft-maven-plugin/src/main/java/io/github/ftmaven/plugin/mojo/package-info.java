/** The goals: one small class each, from parameters to a request, one call, and its result in Maven's terms. */
@NullMarked
package io.github.ftmaven.plugin.mojo;

import org.jspecify.annotations.NullMarked;
