/** The inputs of one goal's task. */
@NullMarked
package io.github.ftmaven.runtime.job;

import org.jspecify.annotations.NullMarked;
