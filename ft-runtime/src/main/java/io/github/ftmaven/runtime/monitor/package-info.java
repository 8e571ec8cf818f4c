/** Reads logs of requests to a model, and finds those that its training set does not cover. */
@NullMarked
package io.github.ftmaven.runtime.monitor;

import org.jspecify.annotations.NullMarked;
